using System.Buffers;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>How the body of a message is delimited.</summary>
/// <param name="Length">Bytes; 0 without a body or with chunks.</param>
/// <param name="Chunked">Whether it comes in chunks.</param>
internal readonly record struct Framing(long Length, bool Chunked);

/// <summary>
/// The rules of an HTTP/1 head, over its bytes: nothing is repaired, so a reader behind us reads the same.
/// RFC 9112, narrowed to the one spelling that every parser agrees on.
/// </summary>
internal static class RequestHeadRules
{
    private static readonly SearchValues<byte> s_inValues = SearchValues.Create([
        (byte)'\t',
        .. Enumerable.Range(0x20, 0x7F - 0x20).Select(value => (byte)value),
    ]);

    /// <summary>Bytes of names of methods and headers.</summary>
    public static SearchValues<byte> Token { get; } =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>The rule that a head breaks, or null and the framing of what follows.</summary>
    /// <param name="head">From the first byte to the empty line inclusive; <see cref="HeadSearch"/> found its end.</param>
    public static FrontRule? Broken(ReadOnlySpan<byte> head, out Framing framing)
    {
        framing = default;
        var end = head.IndexOf((byte)'\n');
        if (RequestLine.Broken(head[..(end - 1)], out var line) is { } rule)
        {
            return rule;
        }

        var headers = new FramingHeaders();
        for (head = head[(end + 1)..]; head.Length > 2; head = head[(end + 1)..])
        {
            end = head.IndexOf((byte)'\n');
            if (BrokenHeader(head[..(end - 1)], ref headers) is { } broken)
            {
                return broken;
            }
        }

        return headers.Broken(line, out framing);
    }

    private static FrontRule? BrokenHeader(ReadOnlySpan<byte> line, ref FramingHeaders headers)
    {
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            return FrontRule.HeaderFolding;
        }

        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(Token))
        {
            return FrontRule.HeaderName;
        }

        var value = line[(colon + 1)..];
        return value.ContainsAnyExcept(s_inValues)
            ? value.Contains((byte)'\r')
                ? FrontRule.LineEnd
                : FrontRule.HeaderValue
            : headers.Take(line[..colon], value);
    }
}
