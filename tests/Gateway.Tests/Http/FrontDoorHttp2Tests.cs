namespace Integration.Gateway.Tests.Http;

/// <summary>The same threats as HTTP/2 frames, through the real listener in front of the recording backend.</summary>
public sealed class FrontDoorHttp2Tests(FrontDoorHttp2Tests.Host host) : IClassFixture<FrontDoorHttp2Tests.Host>
{
    [Theory]
    [InlineData("method", "TRACE", "/a", null)]
    [InlineData("method", "PROPFIND", "/a", null)]
    [InlineData("body", "GET", "/a", "hello")]
    [InlineData("body", "OPTIONS", "/a", "hello")]
    [InlineData("body", "DELETE", "/a", "hello")]
    [InlineData("path", "GET", "/a/../b", null)]
    [InlineData("path", "GET", "/%2e%2e/b", null)]
    [InlineData("path", "GET", "/a/%2E%2e/b", null)]
    [InlineData("path", "GET", "/a/..%2fb", null)]
    [InlineData("path", "GET", "/a%2Fb", null)]
    [InlineData("path", "GET", "/a%5cb", null)]
    [InlineData("path", "GET", "/a\\b", null)]
    [InlineData("path", "GET", "/a//b", null)]
    [InlineData("path", "GET", "/a;b", null)]
    [InlineData("path", "GET", "/a%0d%0ab", null)]
    [InlineData("path", "GET", "/a%c0%afb", null)]
    [InlineData("path", "GET", "/a%252fb", null)]
    [InlineData("path", "GET", "/%61", null)]
    [InlineData("query", "GET", "/a?b=%0d%0a", null)]
    [InlineData("header-value", "GET", "/a", null, "x-a", "a\u0001b")]
    [InlineData("header-value", "GET", "/a", null, "x-a", "a\u007fb")]
    [InlineData("connection-header", "POST", "/a", "hello", "transfer-encoding", "chunked")]
    [InlineData("connection-header", "GET", "/a", null, "keep-alive", "1")]
    [InlineData("connection-header", "GET", "/a", null, "upgrade", "websocket")]
    [InlineData("connection-header", "GET", "/a", null, "proxy-connection", "close")]
    [InlineData("repeated-header", "GET", "/a", null, "authorization", "Bearer a", "authorization", "Bearer a")]
    [InlineData("repeated-header", "GET", "/a", null, "x-case-id", "1", "x-case-id", "2")]
    [InlineData("repeated-header", "POST", "/a", "{}", "content-type", "a/b", "content-type", "a/b")]
    [InlineData("header-spelling", "GET", "/a", null, "x_case_id", "1")]
    [InlineData("header-spelling", "POST", "/a", "hello", "content_length", "3")]
    public async Task A_request_is_refused_as_over_HTTP1(
        string rule,
        string method,
        string path,
        string? body,
        params string[] fields
    )
    {
        var answer = await host.RefusedAsync(Request(method, path, fields), body);
        Assert.StartsWith("400 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\"Rule {rule}: ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"request-invalid\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connection", "close")]
    [InlineData("te", "gzip")]
    [InlineData("X-A", "1")]
    [InlineData("x a", "1")]
    [InlineData(":path", "/b")]
    [InlineData(":authority", "y")]
    [InlineData(":unknown", "y")]
    [InlineData("x-a", "a\0b")]
    [InlineData("x-a", "a\rb")]
    [InlineData("x-a", "a\nb")]
    public async Task What_no_HTTP2_request_may_hold_ends_below_the_request(string name, string value)
    {
        var answer = await host.RefusedAsync(Request("POST", "/a", [name, value]), "hello");
        Assert.True(
            answer.EndsWith("reset", StringComparison.Ordinal)
                || answer.EndsWith("goaway", StringComparison.Ordinal)
                || answer.StartsWith("400 ", StringComparison.Ordinal),
            answer
        );
    }

    /// <summary>
    /// Kestrel compares when the body comes, so code that streams it on may have sent a head already. The sharing plane reads it first.
    /// </summary>
    [Theory]
    [InlineData("4")]
    [InlineData("6")]
    public async Task A_length_that_the_frames_do_not_hold_reaches_nobody_where_the_body_is_read_first(string length)
    {
        var answer = await host.RefusedAsync(
            Request("POST", $"{ForwardingDriver.Whole}/a", ["content-length", length]),
            "hello"
        );
        Assert.False(answer.StartsWith("200 ", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task Of_two_hosts_one_is_known_here_and_none_travels()
    {
        var (answer, request) = await host.ForwardedAsync(Request("GET", "/a", ["host", "other"]), body: null);
        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("other", request.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_is_what_the_frames_say_and_is_forwarded_in_plain_digits()
    {
        var (answer, request) = await host.ForwardedAsync(Request("POST", "/a", ["content-length", "+5"]), "hello");
        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
        Assert.Equal(["5"], request.Values("Content-Length"));
    }

    [Theory]
    [InlineData("GET", "/a", null)]
    [InlineData("GET", "/a%20b?c=%20", null, "x-a", "a\tb", "accept", "a/b", "accept", "c/d")]
    [InlineData("POST", "/a", "hello", "content-length", "5")]
    [InlineData("POST", ForwardingDriver.Whole + "/a", "hello", "content-length", "5")]
    [InlineData("POST", "/a", "hello", "te", "trailers")]
    [InlineData("DELETE", "/a", null, "x-case-id", "1", "authorization", "Bearer a")]
    public async Task A_good_request_is_forwarded_once(string method, string path, string? body, params string[] fields)
    {
        var (answer, request) = await host.ForwardedAsync(Request(method, path, fields), body);
        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
        Assert.StartsWith($"{method} {path} HTTP/1.1\r\n", request.Head, StringComparison.Ordinal);
        Assert.Equal(body ?? "", System.Text.Encoding.ASCII.GetString(request.Body));
    }

    private static IEnumerable<(string, string)> Request(string method, string path, string[] fields) =>
        [
            (":method", method),
            (":scheme", "http"),
            (":path", path),
            (":authority", "x"),
            .. fields.Chunk(2).Select(field => (field[0], field[1])),
        ];

    public sealed class Host : IAsyncLifetime
    {
        private ForwardingDriver _host = null!;

        public async ValueTask InitializeAsync() => _host = await ForwardingDriver.StartAsync();

        internal async Task<string> RefusedAsync(IEnumerable<(string, string)> fields, string? body)
        {
            var before = (_host.Backend.Requests.Count, _host.Backend.Bytes);
            var answer = await Http2Wire.SendAsync(_host.Http2Port, fields, body);
            Assert.Equal(before, (_host.Backend.Requests.Count, _host.Backend.Bytes));
            return answer;
        }

        internal async Task<(string Answer, Testing.Recording.RecordedRequest Request)> ForwardedAsync(
            IEnumerable<(string, string)> fields,
            string? body
        )
        {
            var before = _host.Backend.Requests.Count;
            var answer = await Http2Wire.SendAsync(_host.Http2Port, fields, body);
            Assert.Equal(before + 1, _host.Backend.Requests.Count);
            return (answer, _host.Backend.Requests.Last());
        }

        public ValueTask DisposeAsync() => _host.DisposeAsync();
    }
}
