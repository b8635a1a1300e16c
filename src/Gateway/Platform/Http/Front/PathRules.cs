using System.Buffers;
using System.Text.Unicode;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>
/// The rules of a path and a query as sent: what passes has one reading, for each reader that decodes it, once or twice, before or after
/// dot segments are removed.
/// </summary>
internal static class PathRules
{
    private const int OnStack = 512;

    /// <summary>Bytes of a path that mean themselves; <c>;</c> is left out, because servers disagree about it.</summary>
    private static readonly SearchValues<byte> s_path = SearchValues.Create(
        "/-._~!$&'()*+,=:@0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );

    private static readonly SearchValues<byte> s_query = SearchValues.Create([
        .. Enumerable.Range(0x21, 0x7F - 0x21).Select(value => (byte)value).Where(value => value is not (0x23 or 0x25)),
    ]);

    /// <summary>Bytes that may not be escaped: each has a plain spelling, or a meaning that decoding would give back.</summary>
    private static readonly SearchValues<byte> s_neverEscaped = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(value => (byte)value),
        0x7F,
        .. "/\\;#?%-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8,
    ]);

    private static readonly SearchValues<byte> s_controls = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(value => (byte)value),
        0x7F,
    ]);

    /// <summary>The rule that path and query break, or null.</summary>
    public static FrontRule? Broken(ReadOnlySpan<byte> target)
    {
        var mark = target.IndexOf((byte)'?');
        var path = mark < 0 ? target : target[..mark];
        if (!IsPath(path))
        {
            return FrontRule.Path;
        }

        return mark < 0 || IsQuery(target[(mark + 1)..]) ? null : FrontRule.Query;
    }

    /// <summary>What follows <c>http://</c> or <c>https://</c>; empty for everything else.</summary>
    public static ReadOnlySpan<byte> AfterScheme(ReadOnlySpan<byte> target) =>
        target.StartsWith("http://"u8) ? target[7..]
        : target.StartsWith("https://"u8) ? target[8..]
        : [];

    private static bool IsPath(ReadOnlySpan<byte> path) =>
        path.IndexOf("//"u8) < 0
        && !HasDotSegment(path)
        && (!path.ContainsAnyExcept(s_path) || IsEscaped(path, s_path, s_neverEscaped));

    private static bool IsQuery(ReadOnlySpan<byte> query) =>
        !query.ContainsAnyExcept(s_query) || IsEscaped(query, s_query, s_controls);

    private static bool HasDotSegment(ReadOnlySpan<byte> path)
    {
        for (var at = path.IndexOf("/."u8); at >= 0; at = path.IndexOf("/."u8))
        {
            path = path[(at + 2)..];
            if (path.IsEmpty || path[0] == '/' || (path[0] == '.' && (path.Length == 1 || path[1] == '/')))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEscaped(ReadOnlySpan<byte> text, SearchValues<byte> plain, SearchValues<byte> never)
    {
        byte[]? rented = null;
        var decoded =
            text.Length <= OnStack ? stackalloc byte[OnStack] : (rented = ArrayPool<byte>.Shared.Rent(text.Length));
        try
        {
            return Decode(text, decoded, plain, never, out var length) && IsText(decoded[..length]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static bool Decode(
        ReadOnlySpan<byte> text,
        Span<byte> decoded,
        SearchValues<byte> plain,
        SearchValues<byte> never,
        out int length
    )
    {
        length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var value = text[i];
            if (value == '%')
            {
                if (!PercentEscape.TryRead(text[i..], out value) || never.Contains(value))
                {
                    return false;
                }

                i += 2;
            }
            else if (!plain.Contains(value))
            {
                return false;
            }

            decoded[length++] = value;
        }

        return true;
    }

    /// <summary>UTF-8, without the control characters U+0080 to U+009F.</summary>
    private static bool IsText(ReadOnlySpan<byte> decoded)
    {
        if (!Utf8.IsValid(decoded))
        {
            return false;
        }

        for (var at = decoded.IndexOf((byte)0xC2); at >= 0; at = decoded.IndexOf((byte)0xC2))
        {
            if (decoded[at + 1] < 0xA0)
            {
                return false;
            }

            decoded = decoded[(at + 1)..];
        }

        return true;
    }
}

/// <summary><c>%XX</c>.</summary>
internal static class PercentEscape
{
    /// <summary>False when these are not a percent sign and two hexadecimal digits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.Length < 3 || !char.IsAsciiHexDigit((char)text[1]) || !char.IsAsciiHexDigit((char)text[2]))
        {
            return false;
        }

        value = (byte)((Nibble(text[1]) << 4) | Nibble(text[2]));
        return true;
    }

    private static int Nibble(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
