using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.OpenApi;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Integration.Gateway.Tests.Http;

/// <summary>A flood of bad requests must not be the cheaper way to keep the gateway busy.</summary>
[Collection(nameof(ProcessorTime))]
public class RefusedFloodTests
{
    private const int Requests = 3000;

    [Fact]
    public async Task A_refused_request_costs_no_more_processor_time_than_the_least_that_a_good_one_can()
    {
        await using var host = await ServiceHost.StartHttpAsync(
            app =>
                app.MapPost("/a", async (HttpRequest request) => (await RequestBytes.ReadAsync(request, 1000))!.Length),
            builder => builder.Logging.AddFilter("Integration", LogLevel.Information)
        );
        const string Good = "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello";
        const string Bad = "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: +5\r\n\r\nhello";
        await FloodAsync(host, Good, "200", Requests / 10);
        await FloodAsync(host, Bad, "400", Requests / 10);

        var good = await FloodAsync(host, Good, "200", Requests);
        var bad = await FloodAsync(host, Bad, "400", Requests);

        // Lenient, because other tests run in this process: the least of all answers on one side, a problem on the other.
        var figures = $"refused: {bad.TotalMilliseconds:F0} ms, good: {good.TotalMilliseconds:F0} ms";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        Assert.True(bad < 2 * good, figures);
    }

    [Theory]
    [InlineData("/health/ready?x=1", "200")]
    [InlineData("/openapi/v1.json?x=1", "200")]
    [InlineData("/docs?x=1", "302")]
    [InlineData("/docs/?x=1", "200")]
    [InlineData("/docs/v2", "404")]
    [InlineData("/openapi/v2.json", "404")]
    [InlineData("/metrics", "200")]
    [InlineData("/no/such/address", "404")]
    public async Task What_is_open_to_all_costs_little_more_than_the_least_that_an_answer_can(
        string path,
        string status
    )
    {
        await using var host = await ServiceHost.StartHttpAsync(
            app => app.MapGet("/a", () => "a"),
            builder =>
            {
                builder.Logging.AddFilter("Integration", LogLevel.Information);
                // A check and a description that would be felt in every request.
                builder.Services.AddHealthChecks().AddCheck("dear", () => Dear(HealthCheckResult.Healthy()));
                builder.Services.Configure<OpenApiOptions>(
                    ApiDescription.Document,
                    options => options.AddDocumentTransformer((_, _, _) => Dear(Task.CompletedTask))
                );
            }
        );
        var request = $"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        const string Least = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        await FloodAsync(host, Least, "200", Requests / 10);
        await FloodAsync(host, request, status, Requests / 10);

        var least = await FloodAsync(host, Least, "200", Requests / 2);
        var open = await FloodAsync(host, request, status, Requests / 2);

        var figures = $"{path}: {open.TotalMilliseconds:F0} ms, least: {least.TotalMilliseconds:F0} ms";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        Assert.True(open < 4 * least, figures);
    }

    /// <summary>Ten milliseconds of work.</summary>
    private static T Dear<T>(T result)
    {
        _ = Rfc2898DeriveBytes.Pbkdf2("dear", new byte[16], 30_000, HashAlgorithmName.SHA256, 32);
        return result;
    }

    /// <summary>Processor time of this process while the requests are answered, each on a connection of its own.</summary>
    private static async Task<TimeSpan> FloodAsync(ServiceHost host, string request, string status, int count)
    {
        var bytes = Encoding.ASCII.GetBytes(request);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (_, stop) =>
            {
                using var client = new TcpClient { NoDelay = true };
                await client.ConnectAsync(IPAddress.Loopback, host.Address.Port, stop);
                await client.GetStream().WriteAsync(bytes, stop);
                var answer = new byte[4096];
                var read = await client
                    .GetStream()
                    .ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, stop);
                Assert.StartsWith(
                    $"HTTP/1.1 {status} ",
                    Encoding.ASCII.GetString(answer, 0, read),
                    StringComparison.Ordinal
                );
            }
        );
        return Process.GetCurrentProcess().TotalProcessorTime - before;
    }
}
