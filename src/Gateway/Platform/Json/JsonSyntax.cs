using System.Text.Json;
using System.Text.Unicode;
using Integration.Contracts.Problems;

namespace Integration.Gateway.Platform.Json;

/// <summary>Whether bytes are one JSON text (RFC 8259): UTF-8 without a byte order mark, nothing after it, not too deep.</summary>
internal static class JsonSyntax
{
    /// <summary>Objects and arrays inside one another.</summary>
    public const int Deepest = 32;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The first fault; what follows a broken place cannot be judged.</summary>
    public static FieldFault? FirstFault(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(ByteOrderMark))
        {
            return new FieldFault(
                string.Empty,
                "encoding",
                "The body starts with a byte order mark; send UTF-8 without."
            );
        }

        if (!Utf8.IsValid(body))
        {
            return new FieldFault(string.Empty, "encoding", "The body is not UTF-8.");
        }

        return Scan(body);
    }

    private static FieldFault? Scan(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Deepest + 1 });
        var ended = false;
        try
        {
            while (reader.Read())
            {
                if (
                    reader.CurrentDepth >= Deepest
                    && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                )
                {
                    return new FieldFault(string.Empty, "too-deep", "Objects and arrays may stand 32 deep at most.");
                }

                ended =
                    reader.CurrentDepth == 0
                    && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
            }

            return null;
        }
        catch (JsonException exception)
        {
            var place = $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
            return ended
                ? new FieldFault(string.Empty, "trailing-data", $"Something follows the JSON text at {place}.")
                : new FieldFault(string.Empty, "syntax", $"The body is not JSON: see {place}.");
        }
    }
}
