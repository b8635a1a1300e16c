using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts.Identifiers.Folding;

namespace Integration.Gateway.Platform.Json;

/// <summary>What is wrong with the value the reader stands on, or null.</summary>
internal delegate LeafFault? LeafRule(ref Utf8JsonReader reader);

/// <summary>A stable code and one sentence that never repeats the value.</summary>
internal sealed record LeafFault(string Code, string Message);

/// <summary>The rules for single values, stricter than the serializer: an offset in every time, no number for a name.</summary>
internal static class LeafRules
{
    private const int LongestDateTime = 40;

    private static readonly LeafFault s_notText = new("wrong-type", "A string is expected.");
    private static readonly LeafFault s_notBoolean = new("wrong-type", "true or false is expected.");
    private static readonly LeafFault s_notNumber = new("wrong-type", "A number is expected.");
    private static readonly LeafFault s_numberRange = new("number-range", "The number is out of range.");
    private static readonly LeafFault s_wholeNumber = new(
        "number-range",
        "A whole number is expected that fits the field."
    );
    private static readonly LeafFault s_brokenText = new(
        "broken-text",
        "The string has a lone surrogate or a NUL character."
    );
    private static readonly LeafFault s_character = new(
        "character",
        "The string has a character that no document can carry: a control character other than tab and line ends, or a noncharacter such as U+FFFE."
    );
    private static readonly LeafFault s_dateTime = new(
        "bad-date-time",
        "A time in ISO 8601 with its offset is expected, e.g. 2026-11-23T09:00:00+08:00."
    );
    private static readonly LeafFault s_date = new("bad-date", "A date YYYY-MM-DD is expected.");

    /// <summary>The rule for a type, or for what is inside a nullable.</summary>
    /// <exception cref="NotSupportedException">There is no rule for this type.</exception>
    public static LeafRule For(JsonTypeInfo type)
    {
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return plain switch
        {
            _ when plain.IsEnum => Name(type.Options.GetTypeInfo(plain)),
            _ when plain == typeof(string) => Text,
            _ when plain == typeof(bool) => Boolean,
            _ when plain == typeof(int) => Int32,
            _ when plain == typeof(long) => Int64,
            _ when plain == typeof(decimal) => Decimal,
            _ when plain == typeof(DateTimeOffset) => DateTime,
            _ when plain == typeof(DateOnly) => Date,
            _ => throw new NotSupportedException($"The strict reader has no rule for {plain}."),
        };
    }

    /// <summary>Whether the string or member name the reader stands on can be a .NET string and be stored.</summary>
    public static bool IsSound(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return true;
        }

        try
        {
            return !reader.GetString()!.Contains('\0', StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            // The only way to learn of a lone surrogate: the reader has no TryGetString.
            return false;
        }
    }

    private static LeafFault? Text(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.String ? s_notText
        : !IsSound(ref reader) ? s_brokenText
        : CanBeCarried(ref reader) ? null
        : s_character;

    /// <summary>
    /// Whether every document can carry the text: XML 1.0 (section 2.2) has no control characters but three, and Unicode (23.7) no meaning for its
    /// noncharacters. Agencies are sent XML.
    /// </summary>
    private static bool CanBeCarried(ref Utf8JsonReader reader)
    {
        if (
            !reader.ValueIsEscaped
            && reader.ValueSpan.IndexOfAny((byte)0xEF, (byte)0xF0, (byte)0xF1) < 0
            && reader.ValueSpan.IndexOfAny((byte)0xF2, (byte)0xF3, (byte)0xF4) < 0
        )
        {
            return true; // JSON has control characters as escapes only, and noncharacters begin with one of these bytes
        }

        foreach (var rune in reader.GetString()!.EnumerateRunes())
        {
            if (CharacterFolding.IsNoncharacter(rune) || rune.Value is < 0x20 and not ('\t' or '\n' or '\r'))
            {
                return false;
            }
        }

        return true;
    }

    private static LeafFault? Boolean(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.True or JsonTokenType.False ? null : s_notBoolean;

    private static LeafFault? Int32(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.Number ? s_notNumber
        : reader.TryGetInt32(out _) ? null
        : s_wholeNumber;

    private static LeafFault? Int64(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.Number ? s_notNumber
        : reader.TryGetInt64(out _) ? null
        : s_wholeNumber;

    private static LeafFault? Decimal(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.Number ? s_notNumber
        : reader.TryGetDecimal(out _) ? null
        : s_numberRange;

    private static LeafFault? DateTime(ref Utf8JsonReader reader)
    {
        if (Text(ref reader) is { } fault)
        {
            return fault;
        }

        Span<char> text = stackalloc char[LongestDateTime];
        return HasOffset(text[..Copy(ref reader, text)]) && reader.TryGetDateTimeOffset(out _) ? null : s_dateTime;
    }

    private static LeafFault? Date(ref Utf8JsonReader reader)
    {
        if (Text(ref reader) is { } fault)
        {
            return fault;
        }

        Span<char> text = stackalloc char[LongestDateTime];
        return DateOnly.TryParseExact(
            text[..Copy(ref reader, text)],
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _
        )
            ? null
            : s_date;
    }

    /// <summary>Length of the string without its escapes; 0 when it is longer than any time.</summary>
    private static int Copy(ref Utf8JsonReader reader, scoped Span<char> text) =>
        reader.ValueSpan.Length > text.Length ? 0 : reader.CopyString(text);

    private static bool HasOffset(ReadOnlySpan<char> text) => text is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _];

    private static LeafRule Name(JsonTypeInfo type)
    {
        var names = type
            .Type.GetEnumValues()
            .Cast<object>()
            .Select(value => JsonSerializer.SerializeToUtf8Bytes(value, type)[1..^1])
            .ToArray();
        var list = string.Join(", ", names.Select(System.Text.Encoding.UTF8.GetString));
        var unknown = new LeafFault("unknown-value", $"One of {list} is expected.");

        return (ref Utf8JsonReader reader) =>
        {
            if (Text(ref reader) is { } fault)
            {
                return fault;
            }

            foreach (var name in names)
            {
                if (reader.ValueTextEquals(name))
                {
                    return null;
                }
            }

            return unknown;
        };
    }
}
