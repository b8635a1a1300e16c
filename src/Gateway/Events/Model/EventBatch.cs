using System.Text.Json;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Events.Model;

/// <summary>The events of a signed message and their own bytes.</summary>
internal static class EventBatch
{
    /// <summary>Whether the content is an array, as far as its first character says.</summary>
    public static bool IsArray(ReadOnlySpan<byte> content) => content.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];

    /// <summary>The elements of an array whose syntax is known to be good, each byte for byte as it was sent.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Elements(ReadOnlyMemory<byte> content)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(content.Span, new JsonReaderOptions { MaxDepth = JsonSyntax.Deepest + 1 });
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(content[start..(int)reader.BytesConsumed]);
        }

        return elements;
    }

    /// <summary>The event at a place of a stored message.</summary>
    public static ReadOnlyMemory<byte> Element(ReadOnlyMemory<byte> content, int index) =>
        IsArray(content.Span) ? Elements(content)[index] : content;
}
