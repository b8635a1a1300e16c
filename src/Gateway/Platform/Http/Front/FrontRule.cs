using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>
/// A rule of the front filter (docs/spec/front-filter.md): its name, which is also the label of the counter, and what a
/// refused caller is told. There are no other rules than those of <see cref="All"/>.
/// </summary>
internal sealed class FrontRule
{
    public static readonly FrontRule RequestLine = new(
        "request-line",
        "the first line is `METHOD target HTTP/1.1`, one space between, nothing before it"
    );
    public static readonly FrontRule Method = new(
        "method",
        "GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS are answered here, no other method"
    );
    public static readonly FrontRule RequestTarget = new(
        "request-target",
        "the target is a path, or an http(s) address of the host in Host; `*` belongs to OPTIONS"
    );
    public static readonly FrontRule RequestLineLength = new(
        "request-line-length",
        "the first line is longer than allowed",
        StatusCodes.Status414UriTooLong
    );
    public static readonly FrontRule HeaderBytes = new(
        "header-bytes",
        "the headers together are larger than allowed",
        StatusCodes.Status431RequestHeaderFieldsTooLarge
    );
    public static readonly FrontRule HeaderCount = new(
        "header-count",
        "there are more headers than allowed",
        StatusCodes.Status431RequestHeaderFieldsTooLarge
    );
    public static readonly FrontRule LineEnd = new("line-end", "every line of the head ends in CR LF");
    public static readonly FrontRule HeaderName = new(
        "header-name",
        "a header's name is a token of RFC 9110, directly followed by its colon"
    );
    public static readonly FrontRule HeaderFolding = new("header-folding", "a header is one line");
    public static readonly FrontRule HeaderValue = new(
        "header-value",
        "a header's value is visible ASCII with spaces and tabs"
    );
    public static readonly FrontRule Host = new("host", "there is exactly one Host, of a name or address and a port");
    public static readonly FrontRule HostUnknown = new(
        "host-unknown",
        "the Host header names a host that is not served here; use the address you were given"
    );
    public static readonly FrontRule ContentLength = new(
        "content-length",
        "the length is given once, in plain digits without leading zero, sign, list or further spaces"
    );
    public static readonly FrontRule TransferEncoding = new(
        "transfer-encoding",
        "the only transfer coding is one `chunked`, on HTTP/1.1"
    );
    public static readonly FrontRule TwoLengths = new(
        "two-lengths",
        "Content-Length and Transfer-Encoding exclude each other"
    );
    public static readonly FrontRule ChunkSize = new(
        "chunk-size",
        "the size of a chunk is 1 to 16 hexadecimal digits and CR LF"
    );
    public static readonly FrontRule ChunkExtension = new("chunk-extension", "a chunk has no extension");
    public static readonly FrontRule ChunkEnd = new("chunk-end", "a chunk's data is followed by CR LF");
    public static readonly FrontRule Trailer = new("trailer", "nothing follows the last chunk but an empty line");
    public static readonly FrontRule Body = new("body", "GET, HEAD, OPTIONS and DELETE have no body");
    public static readonly FrontRule ConnectionOption = new(
        "connection-option",
        "Connection may not name a header that says who calls, what is sent or how long it is"
    );
    public static readonly FrontRule ConnectionHeader = new(
        "connection-header",
        "a request of HTTP/2 has no header that speaks of a connection or of its own framing"
    );
    public static readonly FrontRule RepeatedHeader = new(
        "repeated-header",
        "a header that says who calls, for what or what is sent comes once"
    );
    public static readonly FrontRule HeaderSpelling = new(
        "header-spelling",
        "a header that says who calls, for what or what is sent is spelled with `-`, not with `_`"
    );
    public static readonly FrontRule Path = new(
        "path",
        "a path is UTF-8 in its one canonical form: no dot segments, empty segments, `;`, `\\` or `#`, nor any of these, "
            + "control characters, `?`, `%` or unreserved characters escaped"
    );
    public static readonly FrontRule Query = new(
        "query",
        "a query is visible ASCII and escaped UTF-8, without control characters and `#`"
    );
    public static readonly FrontRule HeaderFrames = new(
        "header-frames",
        "the headers of a request come in a few frames of HTTP/2, not in many"
    );
    public static readonly FrontRule FrameFlood = new(
        "frame-flood",
        "frames of HTTP/2 that ask for nothing come now and then, not in floods"
    );

    public static readonly IReadOnlyList<FrontRule> All =
    [
        RequestLine,
        Method,
        RequestTarget,
        RequestLineLength,
        HeaderBytes,
        HeaderCount,
        LineEnd,
        HeaderName,
        HeaderFolding,
        HeaderValue,
        Host,
        HostUnknown,
        ContentLength,
        TransferEncoding,
        TwoLengths,
        ChunkSize,
        ChunkExtension,
        ChunkEnd,
        Trailer,
        Body,
        ConnectionOption,
        ConnectionHeader,
        RepeatedHeader,
        HeaderSpelling,
        Path,
        Query,
        HeaderFrames,
        FrameFlood,
    ];

    private FrontRule(string name, string text, int status = StatusCodes.Status400BadRequest)
    {
        Name = name;
        Refusal = Refusal.Malformed(status) with
        {
            Detail = $"Rule {name}: {text}. Nothing was stored. Mend the client and send it again.",
        };
    }

    /// <summary>E.g. <c>content-length</c>.</summary>
    public string Name { get; }

    /// <summary>What the caller is told; the same for every request, because it repeats nothing of it.</summary>
    public Refusal Refusal { get; }

    public override string ToString() => Name;
}
