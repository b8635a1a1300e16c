using System.Text;

namespace Integration.Adapters.Http.Wire;

/// <summary>
/// The bytes of an answer as UTF-8, strictly. An answer in GBK would otherwise be read as other people's names; so
/// an answer that is declared as, or turns out to be, another charset is no answer.
/// </summary>
internal static class WireText
{
    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The bytes without a byte order mark, or the failure.</summary>
    /// <param name="body">The body as received, decompressed.</param>
    /// <param name="charset">The charset of the Content-Type header; null when it names none.</param>
    public static WireRead<ReadOnlyMemory<byte>> Utf8(ReadOnlyMemory<byte> body, string? charset)
    {
        if (!IsUtf8Label(charset))
        {
            return WireFailure.Charset;
        }

        var text = body.Span.StartsWith(Utf8Mark) ? body[Utf8Mark.Length..] : body;
        if (text.Span.TrimStart(" \t\r\n"u8).IsEmpty)
        {
            return WireFailure.Empty;
        }

        return System.Text.Unicode.Utf8.IsValid(text.Span) ? text : WireFailure.Charset;
    }

    /// <summary>Whether a charset label means UTF-8 or a part of it; no label means UTF-8.</summary>
    public static bool IsUtf8Label(string? charset) =>
        charset is null || charset.Trim(' ', '"', '\'').ToUpperInvariant() is "" or "UTF-8" or "UTF8" or "US-ASCII";

    /// <summary>Whether the text starts like a web page: what proxies and load balancers answer with.</summary>
    public static bool LooksLikeHtml(ReadOnlySpan<byte> text)
    {
        var start = text.TrimStart(" \t\r\n"u8);
        return StartsWithIgnoringCase(start, "<!doctype html"u8) || StartsWithIgnoringCase(start, "<html"u8);
    }

    /// <summary>Null for what agencies write instead of nothing: white space, <c>null</c>, <c>NULL</c>.</summary>
    public static string? Clean(string? text)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) || string.Equals(trimmed, "null", StringComparison.OrdinalIgnoreCase)
            ? null
            : trimmed;
    }

    private static bool StartsWithIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) =>
        text.Length >= lowerCase.Length && Ascii.EqualsIgnoreCase(text[..lowerCase.Length], lowerCase);
}
