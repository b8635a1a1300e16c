using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Adapters.Http.Wire;

/// <summary>
/// A text field as agencies send it: text, number or true/false, and the text <c>"null"</c> or white space for nothing.
/// A number keeps the digits it was sent with.
/// </summary>
internal sealed class WireTextConverter : JsonConverter<string?>
{
    /// <inheritdoc />
    public override bool HandleNull => true;

    /// <inheritdoc />
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => WireText.Clean(reader.GetString()),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.ASCII.GetString(
                reader.HasValueSequence ? throw new JsonException() : reader.ValueSpan
            ),
            _ => throw new JsonException(),
        };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
