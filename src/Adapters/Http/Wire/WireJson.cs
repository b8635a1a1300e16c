using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Integration.Adapters.Http.Wire;

/// <summary>
/// Reads a JSON answer, hardened: strict UTF-8, no comments or trailing commas, bounded depth, and no duplicate keys
/// where the type's context forbids them (all of ours do).
/// </summary>
internal static class WireJson
{
    /// <summary>The deepest nesting any answer has, with room to spare.</summary>
    public const int MaxDepth = 32;

    /// <summary>Stands for the field where the record as a whole is none.</summary>
    private const string Record = "record";

    /// <summary>The value, or a failure at <c>Parse</c>.</summary>
    /// <param name="body">The body as received, decompressed.</param>
    /// <param name="charset">The charset of the Content-Type header; null when it names none.</param>
    /// <param name="type">From a source-generated context.</param>
    public static WireRead<T> Read<T>(ReadOnlyMemory<byte> body, string? charset, JsonTypeInfo<T> type)
        where T : notnull =>
        WireText.Utf8(body, charset).Succeeded(out var text, out var failure) ? Read(text.Span, type) : failure;

    /// <summary>
    /// A part of an answer that was kept raw until its envelope was known to be good: what cannot be read in it is a fault of a record.
    /// </summary>
    public static WireRead<T> Read<T>(JsonElement part, JsonTypeInfo<T> type)
        where T : notnull
    {
        if (part.ValueKind == JsonValueKind.Undefined)
        {
            return WireFailure.Json;
        }

        try
        {
            return part.Deserialize(type) is { } value ? value : WireFailure.Json;
        }
        catch (JsonException unreadable)
        {
            return WireFailure.Field(FieldIn(unreadable.Path, type));
        }
    }

    /// <summary>
    /// The rows of a part that must be an array. A null among them is a record that cannot be read: it says neither that there is a
    /// record nor that there is none.
    /// </summary>
    public static WireRead<IReadOnlyList<T>> ReadRows<T>(JsonElement part, JsonTypeInfo<IReadOnlyList<T>> type)
        where T : class =>
        part.ValueKind == JsonValueKind.Array
            ? Read(part, type)
                .Then<IReadOnlyList<T>>(rows =>
                    rows.Contains(null!) ? WireFailure.Field(Record) : new WireRead<IReadOnlyList<T>>(rows)
                )
            : WireFailure.Structure("data");

    /// <summary>
    /// The field at which a record could not be read, when it is one that the type knows: an agency may put anything into a name, so no
    /// other is repeated.
    /// </summary>
    private static string FieldIn(string? path, JsonTypeInfo type)
    {
        var names = (path ?? string.Empty).Split('.', '[');
        var row = type.ElementType is { } element ? type.Options.GetTypeInfo(element) : type;
        return row.Properties.FirstOrDefault(property =>
                names.Contains(property.Name, StringComparer.OrdinalIgnoreCase)
            )?.Name
            ?? Record;
    }

    private static WireRead<T> Read<T>(ReadOnlySpan<byte> text, JsonTypeInfo<T> type)
        where T : notnull
    {
        if (WireText.LooksLikeHtml(text))
        {
            return WireFailure.Html;
        }

        try
        {
            return JsonSerializer.Deserialize(text, type) is { } value ? value : WireFailure.Json;
        }
        catch (JsonException)
        {
            // The message may quote the answer: only the fact is kept.
            return WireFailure.Json;
        }
    }
}
