using System.Text;

namespace Integration.Gateway.Tests.Http;

/// <summary>
/// Each line of what a proxy must refuse, as bytes through the real listener, beside its nearest good neighbour. Refused
/// means: 400, one problem that names the rule, and not one byte at the backend.
/// </summary>
public sealed class FrontFilterTests(FrontFilterTests.Host host) : IClassFixture<FrontFilterTests.Host>
{
    private const string End = "Connection: close\r\n\r\n";

    [Theory]
    // Content-Length
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: -0\r\n", "")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 05\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 00\r\n", "")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5 \r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\t\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length:  5\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length:\t5\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0x5\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5_0\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5,5\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n", "")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551621\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\ncontent-length: 6\r\n", "hello")]
    [InlineData("content-length", "POST /a HTTP/1.0\r\n", "hello")]
    [InlineData("header-spelling", "POST /a HTTP/1.1\r\nHost: x\r\nContent_Length: 5\r\n", "")]
    // Two lengths, other codings
    [InlineData(
        "two-lengths",
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "0\r\n\r\n"
    )]
    [InlineData(
        "two-lengths",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n",
        "0\r\n\r\n"
    )]
    [InlineData(
        "transfer-encoding",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n",
        "0\r\n\r\n"
    )]
    [InlineData("transfer-encoding", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n", "")]
    [InlineData("transfer-encoding", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n", "0\r\n\r\n")]
    [InlineData("transfer-encoding", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked \r\n", "0\r\n\r\n")]
    [InlineData("transfer-encoding", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\tchunked\r\n", "0\r\n\r\n")]
    [InlineData("transfer-encoding", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n", "0\r\n\r\n")]
    [InlineData(
        "transfer-encoding",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n",
        "0\r\n\r\n"
    )]
    [InlineData(
        "transfer-encoding",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "0\r\n\r\n"
    )]
    [InlineData("transfer-encoding", "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")]
    // Header names, values, lines
    [InlineData("header-name", "GET /a HTTP/1.1\r\nHost: x\r\nX-A : 1\r\n", "")]
    [InlineData("header-name", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n", "hello")]
    [InlineData("header-name", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding\u000b: chunked\r\n", "0\r\n\r\n")]
    [InlineData("header-name", "GET /a HTTP/1.1\r\nHost: x\r\nX(A): 1\r\n", "")]
    [InlineData("header-name", "GET /a HTTP/1.1\r\nHost: x\r\nX-\u00e4: 1\r\n", "")]
    [InlineData("header-name", "GET /a HTTP/1.1\r\nHost: x\r\n: 1\r\n", "")]
    [InlineData("header-name", "GET /a HTTP/1.1\r\nHost: x\r\nX-A\r\n", "")]
    [InlineData("header-value", "GET /a HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n", "")]
    [InlineData("header-value", "GET /a HTTP/1.1\r\nHost: x\r\nX-A: a\u0001b\r\n", "")]
    [InlineData("header-value", "GET /a HTTP/1.1\r\nHost: x\r\nX-A: a\u007fb\r\n", "")]
    [InlineData("header-value", "GET /a HTTP/1.1\r\nHost: x\r\nX-A: a\u00e4b\r\n", "")]
    [InlineData("header-folding", "GET /a HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n", "")]
    [InlineData("header-folding", "GET /a HTTP/1.1\r\n Host: y\r\nHost: x\r\n", "")]
    [InlineData("line-end", "GET /a HTTP/1.1\r\nHost: x\r\nX-A: a\nX-B: b\r\n", "")]
    [InlineData("line-end", "GET /a HTTP/1.1\nHost: x\n", "")]
    [InlineData("line-end", "GET /a HTTP/1.1\r\nHost: x\r\nX-A: a\rX-B: b\r\n", "")]
    [InlineData("host", "GET /a HTTP/1.1\r\nHost: x\r\nHost: x\r\n", "")]
    [InlineData("host", "GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n", "")]
    [InlineData("host", "GET /a HTTP/1.1\r\n", "")]
    [InlineData("host", "GET /a HTTP/1.1\r\nHost:\r\n", "")]
    [InlineData("host", "GET /a HTTP/1.1\r\nHost: x/y\r\n", "")]
    [InlineData("host", "GET /a HTTP/1.1\r\nHost: u@x\r\n", "")]
    [InlineData("host", "GET /a HTTP/1.1\r\nHost: x, y\r\n", "")]
    [InlineData("host", "GET /a HTTP/1.1\r\nHost: x:80a\r\n", "")]
    // Request line and target
    [InlineData("request-line", "\r\nGET /a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-line", "GET  /a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-line", "GET /a  HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-line", "GET /a b HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-line", "GET /a HTTP/1.1 \r\nHost: x\r\n", "")]
    [InlineData("request-line", "GET /a HTTP/1.2\r\nHost: x\r\n", "")]
    [InlineData("request-line", "GET /a HTTP/2.0\r\nHost: x\r\n", "")]
    [InlineData("request-line", "GET /a http/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-line", "GET /a\r\nHost: x\r\n", "")]
    [InlineData("request-line", "G(T /a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-target", "GET http://y/a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-target", "GET http://X/a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-target", "GET http://x HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-target", "GET http://x:81/a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-target", "GET http://x@y/a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-target", "GET ftp://x/a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-target", "GET a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("request-target", "GET * HTTP/1.1\r\nHost: x\r\n", "")]
    // Methods and bodies
    [InlineData("method", "TRACE /a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("method", "TRACE /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n", "hello")]
    [InlineData("method", "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n", "")]
    [InlineData("method", "CONNECT /a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("method", "PROPFIND /a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("method", "get /a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("body", "GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n", "hello")]
    [InlineData("body", "OPTIONS /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n", "hello")]
    [InlineData("body", "DELETE /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n", "hello")]
    [InlineData("body", "GET /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("body", "OPTIONS /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")]
    // Chunks
    [InlineData(
        "chunk-extension",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "5;a=b\r\nhello\r\n0\r\n\r\n"
    )]
    [InlineData(
        "chunk-extension",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "5;\r\nhello\r\n0\r\n\r\n"
    )]
    [InlineData(
        "chunk-extension",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "5;a\nhello\r\n0\r\n\r\n"
    )]
    [InlineData(
        "chunk-extension",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "5;\0\r\nhello\r\n0\r\n\r\n"
    )]
    [InlineData(
        "chunk-extension",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "5 \r\nhello\r\n0\r\n\r\n"
    )]
    [InlineData(
        "chunk-extension",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "5\r\nhello\r\n0;a\r\n\r\n"
    )]
    [InlineData("chunk-size", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "5\nhello\r\n0\r\n\r\n")]
    [InlineData("chunk-size", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "5\rhello\r\n0\r\n\r\n")]
    [InlineData(
        "chunk-size",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n"
    )]
    [InlineData(
        "chunk-size",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "+5\r\nhello\r\n0\r\n\r\n"
    )]
    [InlineData(
        "chunk-size",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "-5\r\nhello\r\n0\r\n\r\n"
    )]
    [InlineData(
        "chunk-size",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        " 5\r\nhello\r\n0\r\n\r\n"
    )]
    [InlineData("chunk-size", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "\r\n0\r\n\r\n")]
    [InlineData(
        "chunk-size",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "00000000000000005\r\nhello\r\n0\r\n\r\n"
    )]
    [InlineData(
        "chunk-size",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n"
    )]
    [InlineData("chunk-end", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello0\r\n\r\n")]
    [InlineData("chunk-end", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello\n0\r\n\r\n")]
    [InlineData(
        "chunk-end",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "5\r\nhello!\r\n0\r\n\r\n"
    )]
    [InlineData(
        "trailer",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "5\r\nhello\r\n0\r\nX-A: 1\r\n\r\n"
    )]
    [InlineData(
        "trailer",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n",
        "5\r\nhello\r\n0\r\nAuthorization: Bearer a\r\n\r\n"
    )]
    [InlineData("trailer", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\n")]
    // Connection, repetition, spelling
    [InlineData(
        "connection-option",
        "POST /a HTTP/1.1\r\nHost: x\r\nConnection: Content-Length\r\nContent-Length: 5\r\n",
        "hello"
    )]
    [InlineData("connection-option", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: transfer-encoding\r\n", "")]
    [InlineData("connection-option", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Host\r\n", "")]
    [InlineData("connection-option", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: Authorization\r\n", "")]
    [InlineData("connection-option", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: Host\r\n", "")]
    [InlineData("connection-option", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: foo, X-Case-Id\r\n", "")]
    [InlineData("connection-option", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: keep-alive,X-Case-Id\r\n", "")]
    [InlineData("connection-option", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: X-Case-Id\r\n", "")]
    [InlineData("connection-option", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: x-purpose\r\n", "")]
    [InlineData("connection-option", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: X-Basis\r\n", "")]
    [InlineData("connection-option", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: X-Forwarded-For\r\n", "")]
    [InlineData("connection-option", "GET /a HTTP/1.1\r\nHost: x\r\nConnection: X-Evidence-Id\r\n", "")]
    [InlineData(
        "connection-option",
        "GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, Host\r\nUpgrade: websocket\r\n",
        ""
    )]
    [InlineData(
        "repeated-header",
        "GET /a HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nAuthorization: Bearer a\r\n",
        ""
    )]
    [InlineData("repeated-header", "GET /a HTTP/1.1\r\nHost: x\r\nX-Case-Id: 1\r\nx-case-id: 2\r\n", "")]
    [InlineData("repeated-header", "GET /a HTTP/1.1\r\nHost: x\r\nX-Purpose: a\r\nX-Purpose: a\r\n", "")]
    [InlineData("repeated-header", "GET /a HTTP/1.1\r\nHost: x\r\nX-Basis: a\r\nX-Basis: a\r\n", "")]
    [InlineData("repeated-header", "GET /a HTTP/1.1\r\nHost: x\r\nIdempotency-Key: a\r\nIdempotency-Key: b\r\n", "")]
    [InlineData("repeated-header", "GET /a HTTP/1.1\r\nHost: x\r\nContent-Type: a/b\r\nContent-Type: a/b\r\n", "")]
    [InlineData("repeated-header", "GET /a HTTP/1.1\r\nHost: x\r\nDPoP: a\r\nDPoP: b\r\n", "")]
    [InlineData("header-spelling", "GET /a HTTP/1.1\r\nHost: x\r\nX-Case-Id: 1\r\nX_Case_Id: 2\r\n", "")]
    [InlineData("header-spelling", "GET /a HTTP/1.1\r\nHost: x\r\nX_Purpose: 1\r\n", "")]
    [InlineData("header-spelling", "POST /a HTTP/1.1\r\nHost: x\r\nTransfer_Encoding: chunked\r\n", "")]
    // An upgrade is no way around
    [InlineData("path", "GET /a/../b HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n", "")]
    [InlineData(
        "body",
        "GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 5\r\n",
        "hello"
    )]
    public async Task A_request_that_two_readers_could_read_differently_is_refused(
        string rule,
        string head,
        string body
    )
    {
        var end = head.Contains("Connection:", StringComparison.Ordinal) ? "\r\n" : End;
        end = head.StartsWith("GET /a HTTP/1.1\nHost", StringComparison.Ordinal) ? "\n" : end;
        var answer = await host.RefusedAsync(head + end + body);
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\"Rule {rule}: ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n", "hello")]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length:5\r\n", "hello")]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n", "")]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:chunked\r\n", "2\r\nhe\r\n0003\r\nllo\r\n0\r\n\r\n")]
    [InlineData("POST /a HTTP/1.0\r\nHost: x\r\nContent-Length: 5\r\n", "hello")]
    [InlineData("GET /a HTTP/1.0\r\n", "")]
    [InlineData("GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n", "")]
    [InlineData("OPTIONS /a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("DELETE /a HTTP/1.1\r\nHost: x\r\n", "")]
    [InlineData("GET /a HTTP/1.1\r\nHost:x\r\nX-A:\r\nX-B: a\tb  c \r\nX!#$%&'*+-.^_`|~: 1\r\n", "")]
    [InlineData("GET /a HTTP/1.1\r\nhost: [::1]:8080\r\n", "")]
    [InlineData("GET http://x:8080/a HTTP/1.1\r\nHost: x:8080\r\n", "")]
    [InlineData("GET /a HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, close, X-Mine\r\nX-Mine: 1\r\n", "")]
    [InlineData(
        "GET /a HTTP/1.1\r\nHost: x\r\nAccept: a/b\r\nAccept: c/d\r\nAuthorization: Bearer a\r\nX-Case-Id: 1\r\n",
        ""
    )]
    [InlineData("GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n", "")]
    public async Task Its_good_neighbour_is_forwarded_once(string head, string body)
    {
        var end = head.Contains("Connection:", StringComparison.Ordinal) ? "\r\n" : End;
        var answer = await host.ForwardedAsync(head + end + body);
        Assert.StartsWith("HTTP/1.1 200 ", answer.Answer, StringComparison.Ordinal);
        Assert.Equal(
            body.Contains("llo", StringComparison.Ordinal) ? "hello" : "",
            Encoding.ASCII.GetString(answer.Request.Body)
        );
    }

    [Theory]
    [InlineData("/../x")]
    [InlineData("/a/../x")]
    [InlineData("/a/./x")]
    [InlineData("/a/..")]
    [InlineData("/.")]
    [InlineData("/%2e%2e/x")]
    [InlineData("/a/%2e%2e/x")]
    [InlineData("/a/%2E./x")]
    [InlineData("/a/.%2e/x")]
    [InlineData("/a/..%2fx")]
    [InlineData("/a%2fx")]
    [InlineData("/a%2Fx")]
    [InlineData("/a%5cx")]
    [InlineData("/a\\x")]
    [InlineData("/a/..\\x")]
    [InlineData("//x")]
    [InlineData("/a//x")]
    [InlineData("/a;b/x")]
    [InlineData("/a/..;/x")]
    [InlineData("/a%3bb")]
    [InlineData("/a#x")]
    [InlineData("/a%23x")]
    [InlineData("/a%3fx")]
    [InlineData("/a%00")]
    [InlineData("/a%0d%0aX:1")]
    [InlineData("/a%09")]
    [InlineData("/a%7f")]
    [InlineData("/%61")]
    [InlineData("/a%2Db")]
    [InlineData("/a%252fx")]
    [InlineData("/a%25")]
    [InlineData("/a%")]
    [InlineData("/a%2")]
    [InlineData("/a%zz")]
    [InlineData("/a%u002f")]
    [InlineData("/a%c0%af")]
    [InlineData("/a%e0%80%af")]
    [InlineData("/a%ff")]
    [InlineData("/a%e4%bd")]
    [InlineData("/a%ed%a0%80")]
    [InlineData("/a%c2%85")]
    [InlineData("/a\u00e4")]
    [InlineData("/a\tb")]
    [InlineData("/a\0b")]
    [InlineData("/a\u007f")]
    [InlineData("/a[b]")]
    [InlineData("/a|b")]
    [InlineData("/a\"b")]
    public async Task A_path_with_two_readings_is_refused(string path)
    {
        foreach (var target in new[] { path, $"http://x{path}" })
        {
            var answer = await host.RefusedAsync($"GET {target} HTTP/1.1\r\nHost: x\r\n{End}");
            Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
            Assert.Contains("\"Rule path: ", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/a?b=%00")]
    [InlineData("/a?b=%0d%0a")]
    [InlineData("/a?b=%7f")]
    [InlineData("/a?b=%")]
    [InlineData("/a?b=%g0")]
    [InlineData("/a?b=%c0%af")]
    [InlineData("/a?b#c")]
    public async Task A_query_with_two_readings_is_refused(string target)
    {
        var answer = await host.RefusedAsync($"GET {target} HTTP/1.1\r\nHost: x\r\n{End}");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"Rule query: ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/", "/a/")]
    [InlineData("/a.b/...", "/a.b/...")]
    [InlineData("/.well-known/..a", "/.well-known/..a")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/%e8%af%81", "/%E8%AF%81")]
    [InlineData("/a:b@c=d,e+f!$&'()*~_-", "/a:b@c=d,e+f!$&'()*~_-")]
    [InlineData("/a?b=%20%e8%af%81&c=d/e?f;g=[1]%25", "/a")]
    [InlineData("http://x/a%20b?c", "/a%20b")]
    public async Task A_path_with_one_reading_is_forwarded_and_known_by_it(string target, string canonical)
    {
        var answer = await host.ForwardedAsync($"GET {target} HTTP/1.1\r\nHost: x\r\n{End}");
        Assert.StartsWith("HTTP/1.1 200 ", answer.Answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nX-Canonical: {canonical}\r\n", answer.Answer, StringComparison.Ordinal);
    }

    /// <summary>One host for all rows: they run one after the other, so that what arrives at the backend is theirs.</summary>
    public sealed class Host : IAsyncLifetime
    {
        private ForwardingDriver _host = null!;

        public async ValueTask InitializeAsync() => _host = await ForwardingDriver.StartAsync();

        /// <summary>The answer, after making sure that nothing arrived at the backend.</summary>
        public async Task<string> RefusedAsync(string request)
        {
            var (requests, bytes) = (_host.Backend.Requests.Count, _host.Backend.Bytes);
            var answer = await _host.SendAsync(request);
            Assert.Equal((requests, bytes), (_host.Backend.Requests.Count, _host.Backend.Bytes));
            Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
            Assert.Contains("\"code\":\"request-invalid\"", answer, StringComparison.Ordinal);
            return answer;
        }

        /// <summary>The answer and the one request that arrived at the backend.</summary>
        internal async Task<(string Answer, Testing.Recording.RecordedRequest Request)> ForwardedAsync(string request)
        {
            var before = _host.Backend.Requests.Count;
            var answer = await _host.SendAsync(request);
            Assert.Equal(before + 1, _host.Backend.Requests.Count);
            return (answer, _host.Backend.Requests.Last());
        }

        public ValueTask DisposeAsync() => _host.DisposeAsync();
    }
}
