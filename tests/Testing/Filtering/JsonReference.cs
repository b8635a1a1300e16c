using System.Text;
using System.Text.Json;

namespace Integration.Testing.Filtering;

/// <summary>The rules of the field filter for JSON once more, slowly and over the whole document.</summary>
internal static class JsonReference
{
    /// <summary>What should leave, or null for a fault.</summary>
    public static string? Filter(byte[] answer, string[] granted, bool ignoreCase)
    {
        try
        {
            using var document = JsonDocument.Parse(
                new UTF8Encoding(false, true).GetString(answer),
                new() { MaxDepth = 32 }
            );
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? Value(document.RootElement, [.. granted.Select(path => path.Split('/'))], ignoreCase, isRoot: true)
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The same document with names spelled one way, so that two can be compared.</summary>
    public static string Canonical(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object =>
                $"{{{string.Join(',', value.EnumerateObject().Select(member => $"{JsonSerializer.Serialize(member.Name)}:{Canonical(member.Value)}"))}}}",
            JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Canonical))}]",
            _ => value.GetRawText(),
        };

    private static string? Value(JsonElement value, string[][] rest, bool ignoreCase, bool isRoot = false)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                return $"[{string.Join(',', value.EnumerateArray().Select(item => Value(item, rest, ignoreCase)).Where(item => item is not null))}]";
            case JsonValueKind.Object:
                return isRoot || rest.Any(path => path.Length > 0) ? Object(value, rest, ignoreCase) : null;
            default:
                if (!isRoot && rest.Any(path => path.Length == 0))
                {
                    // Throws when it is no text.
                    _ = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
                    return value.GetRawText();
                }

                return null;
        }
    }

    private static string Object(JsonElement value, string[][] rest, bool ignoreCase)
    {
        var comparer = ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var seen = new HashSet<string>(comparer);
        var members = new List<string>();
        foreach (var member in value.EnumerateObject())
        {
            string[][] below =
            [
                .. rest.Where(path => path.Length > 0 && comparer.Equals(path[0], member.Name))
                    .Select(path => path[1..]),
            ];
            if (below.Length == 0)
            {
                continue;
            }

            if (!seen.Add(member.Name))
            {
                throw new JsonException("twice");
            }

            if (
                member.Value.ValueKind == JsonValueKind.Array
                || below.Any(path => path.Length > 0)
                || member.Value.ValueKind != JsonValueKind.Object
            )
            {
                if (Value(member.Value, below, ignoreCase) is { } kept)
                {
                    members.Add($"{JsonSerializer.Serialize(member.Name)}:{kept}");
                }
            }
        }

        return $"{{{string.Join(',', members)}}}";
    }
}
