using System.Net.Sockets;
using System.Text;
using Integration.Testing;
using Integration.Testing.Recording;
using Ask = Integration.Testing.Drivers.Sharing;

namespace Integration.FlowTests.Sharing;

/// <summary>
/// Bytes of a granted caller through the real listener and <c>/share</c> itself, in front of an agency that records every byte.
/// The whole table of rules is in the gateway's own tests; here stands one row for each kind, and what gets through.
/// </summary>
public sealed class ShareFrontFilterTests(ShareFrontFilterTests.Scene scene)
    : IClassFixture<ShareFrontFilterTests.Scene>
{
    private const string Target = "/share/grid-capacity/query";
    private const string Body = """{"unitNumber":"U-1"}""";

    [Theory]
    [InlineData("content-length", Target, "Content-Length: +20\r\n", Body)]
    [InlineData("two-lengths", Target, "Content-Length: 20\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")]
    [InlineData("transfer-encoding", Target, "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")]
    [InlineData(
        "chunk-extension",
        Target,
        "Transfer-Encoding: chunked\r\n",
        "14;a\r\n{\"unitNumber\":\"U-1\"}\r\n0\r\n\r\n"
    )]
    [InlineData(
        "trailer",
        Target,
        "Transfer-Encoding: chunked\r\n",
        "14\r\n{\"unitNumber\":\"U-1\"}\r\n0\r\nX-A: 1\r\n\r\n"
    )]
    [InlineData("header-value", Target, "Content-Length: 20\r\nX-A: a\u0001b\r\n", Body)]
    [InlineData("header-name", Target, "Content-Length : 20\r\n", Body)]
    [InlineData("line-end", Target, "Content-Length: 20\r\nX-A: a\nX-B: b\r\n", Body)]
    [InlineData("host", Target, "Content-Length: 20\r\nHost: other\r\n", Body)]
    [InlineData("connection-option", Target, "Content-Length: 20\r\nConnection: X-Purpose\r\n", Body)]
    [InlineData("repeated-header", Target, "Content-Length: 20\r\nX-Purpose: electricity.transfer\r\n", Body)]
    [InlineData("header-spelling", Target, "Content-Length: 20\r\nX_Purpose: electricity.transfer\r\n", Body)]
    [InlineData("path", "/share/grid-capacity/x/../query", "Content-Length: 20\r\n", Body)]
    [InlineData("path", "/share/grid-capacity/%2e%2e/grid-capacity/query", "Content-Length: 20\r\n", Body)]
    [InlineData("path", "/share/grid-capacity%2fquery", "Content-Length: 20\r\n", Body)]
    [InlineData("path", "/share//grid-capacity/query", "Content-Length: 20\r\n", Body)]
    [InlineData("path", "/share/grid-capacity/quer%79", "Content-Length: 20\r\n", Body)]
    [InlineData("path", "/share/grid-capacity/query;x", "Content-Length: 20\r\n", Body)]
    public async Task A_request_with_two_readings_never_reaches_the_agency(
        string rule,
        string target,
        string headers,
        string body
    )
    {
        var before = (scene.Agency.Connections, scene.Agency.Bytes);

        var answer = await scene.SendAsync(target, headers, body);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\"Rule {rule}: ", answer, StringComparison.Ordinal);
        Assert.Equal(before, (scene.Agency.Connections, scene.Agency.Bytes));
    }

    [Theory]
    [InlineData("Content-Length: 20\r\n", Body)]
    [InlineData("Transfer-Encoding: chunked\r\n", "14\r\n{\"unitNumber\":\"U-1\"}\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 20\r\nConnection: X-Mine\r\nX-Mine: mine\r\n", Body)]
    [InlineData(
        "Content-Length: 20\r\nX-Forwarded-For: 6.6.6.6\r\nX-Original-URL: /evil\r\nx_real_ip: 6.6.6.6\r\nbaggage: evil=1\r\n",
        Body
    )]
    public async Task Its_good_neighbour_reaches_the_agency_once_and_with_nothing_of_the_callers_head(
        string headers,
        string body
    )
    {
        var before = scene.Agency.Requests.Count;

        var answer = await scene.SendAsync(Target, headers, body);

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(before + 1, scene.Agency.Requests.Count);
        var request = scene.Agency.Requests.Last();
        foreach (
            var word in new[] { "Bearer", "X-Purpose", "X-Case-Id", "X-Basis", "mine", "6.6.6.6", "evil", "/share" }
        )
        {
            Assert.DoesNotContain(word, request.Head, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_flood_of_refused_requests_costs_less_processor_time_than_one_of_good_requests()
    {
        const string Good = "Content-Length: 20\r\n";
        const string Bad = "Content-Length: +20\r\n";
        await FloodAsync(Good, "200", 60);
        await FloodAsync(Bad, "400", 60);

        var good = await FloodAsync(Good, "200", 400);
        var bad = await FloodAsync(Bad, "400", 400);

        // Client, gateway and agency are one process here; the client's part is the same on both sides.
        var figures = $"refused: {bad.TotalMilliseconds:F0} ms, good: {good.TotalMilliseconds:F0} ms";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        Assert.True(bad < good, figures);
    }

    private async Task<TimeSpan> FloodAsync(string headers, string status, int count)
    {
        var before = Environment.CpuUsage.TotalTime;
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (_, _) =>
            {
                var answer = await scene.SendAsync(Target, headers, Body);
                Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
            }
        );
        return Environment.CpuUsage.TotalTime - before;
    }

    public sealed class Scene : IAsyncLifetime
    {
        private IntegrationHost _host = null!;
        private string? _token;

        public RecordingBackend Agency { get; } = new();

        public async ValueTask InitializeAsync()
        {
            const string Answer = """{"code":0,"data":{"unitNumber":"U-1"}}""";
            Agency.Answer = Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Answer.Length}\r\n\r\n{Answer}"
            );
            _host = await IntegrationHost.StartAsync(
                new IntegrationHostOptions
                {
                    Settings = new Dictionary<string, string?>
                    {
                        ["Agencies:grid-resource:BaseAddress"] = Agency.Address.ToString(),
                        ["Gateway:Limits:CallerPerSecond"] = "10000",
                        ["Gateway:Limits:CallerBurst"] = "10000",
                    },
                }
            );
        }

        /// <summary>Sends what a granted caller sends, with these headers besides, and returns the whole answer.</summary>
        public async Task<string> SendAsync(string target, string headers, string body)
        {
            _token ??= await _host.Hall.TokenAsync();
            var usual = string.Concat(Ask.Headers.Select(header => $"{header.Name}: {header.Value}\r\n"));
            var close = headers.Contains("Connection:", StringComparison.Ordinal) ? "" : "Connection: close\r\n";
            var request =
                $"POST {target} HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {_token}\r\n"
                + $"Content-Type: application/json\r\n{usual}{headers.Replace("Connection: X-Mine", "Connection: close, X-Mine", StringComparison.Ordinal)}{close}\r\n{body}";
            using var client = new TcpClient();
            await client.ConnectAsync(_host.Gateway.Host, _host.Gateway.Port);
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadToEndAsync(patience.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await _host.DisposeAsync();
            await Agency.DisposeAsync();
        }
    }
}
