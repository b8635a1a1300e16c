using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>A leg's number: its joint application and its utility, written <c>jnt_….water</c>. It is parsed once, where it comes in.</summary>
[JsonConverter(typeof(LegIdConverter))]
internal readonly record struct LegId(string JointId, Utility Utility)
{
    /// <summary>The number that a text is; false: it is no leg's number.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out LegId legId)
    {
        var cut = text?.LastIndexOf('.') ?? -1;
        if (cut > 0 && JsonNames.Find<Utility>(text![(cut + 1)..]) is { } utility)
        {
            legId = new LegId(text[..cut], utility);
            return true;
        }

        legId = default;
        return false;
    }

    /// <summary>The number that a text of the gateway's own is, e.g. in a row.</summary>
    /// <exception cref="FormatException">It is none: the row was altered.</exception>
    public static LegId Parse(string text) =>
        TryParse(text, out var legId) ? legId : throw new FormatException("A stored text is no leg's number.");

    public override string ToString() => $"{JointId}.{JsonNames.From(Utility)}";
}

/// <summary>Stored as its text.</summary>
internal sealed class LegIdConverter : JsonConverter<LegId>
{
    public override LegId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LegId.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, LegId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
