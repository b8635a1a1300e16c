using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Http.Front;
using Integration.Gateway.Tests.Callers;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Http;

/// <summary>What becomes of the connection, of the listener and of what the gateway says about a refusal.</summary>
public class FrontFilterConnectionTests
{
    private const string Good = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
    private const string Bad = "GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n";

    [Fact]
    public async Task Good_requests_before_a_bad_one_are_answered_and_nothing_behind_it_is_read()
    {
        await using var host = await ForwardingDriver.StartAsync();
        var answer = await host.SendAsync(Good + Good + Bad + Good);
        Assert.Equal(2, Count(answer, "HTTP/1.1 200 "));
        Assert.Equal(1, Count(answer, "HTTP/1.1 400 "));
        Assert.EndsWith("}", answer, StringComparison.Ordinal);
        Assert.Equal(2, host.Backend.Requests.Count);
    }

    [Fact]
    public async Task A_request_hidden_in_a_body_is_a_body()
    {
        await using var host = await ForwardingDriver.StartAsync();
        var hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";
        await host.SendAsync(
            $"POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {hidden.Length}\r\n\r\n{hidden}"
        );
        Assert.Equal(hidden, Encoding.ASCII.GetString(Assert.Single(host.Backend.Requests).Body));
    }

    [Fact]
    public async Task A_head_may_arrive_byte_by_byte()
    {
        await using var host = await ForwardingDriver.StartAsync();
        var request = Good.Replace("Host", "Connection: close\r\nHost", StringComparison.Ordinal);
        var answer = await host.SendAsync([.. Encoding.ASCII.GetBytes(request).Select(value => new[] { value })]);
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal("hello", Encoding.ASCII.GetString(Assert.Single(host.Backend.Requests).Body));
    }

    [Fact]
    public async Task A_refused_head_may_arrive_byte_by_byte()
    {
        await using var host = await ForwardingDriver.StartAsync();
        var answer = await host.SendAsync([.. Encoding.ASCII.GetBytes(Bad).Select(value => new[] { value })]);
        Assert.Contains("\"Rule host: ", answer, StringComparison.Ordinal);
        Assert.Equal(0, host.Backend.Bytes);
    }

    [Fact]
    public async Task A_body_that_breaks_a_rule_in_its_middle_fails_the_read_and_the_rule_is_named()
    {
        var entered = new TaskCompletionSource();
        await using var host = await ServiceHost.StartHttpAsync(app =>
            app.MapPost(
                "/read",
                async (HttpRequest request) =>
                {
                    entered.TrySetResult();
                    return (await RequestBytes.ReadAsync(request, 1000))!.Length;
                }
            )
        );
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        await client
            .GetStream()
            .WriteAsync(
                "POST /read HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"u8.ToArray()
            );
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await client.GetStream().WriteAsync("5;a=b\r\nhello\r\n0\r\n\r\n"u8.ToArray());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync(patience.Token);
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"Rule chunk-extension: ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_HEAD_is_answered_without_a_body()
    {
        await using var host = await ForwardingDriver.StartAsync();
        var answer = await host.SendAsync("HEAD /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(0, host.Backend.Bytes);
    }

    [Theory]
    [InlineData("X-Forwarded-For: 1.2.3.4")]
    [InlineData("x-forwarded-host: evil")]
    [InlineData("X_Forwarded_Proto: https")]
    [InlineData("X-Forwarded_Anything: 1")]
    [InlineData("Forwarded: for=1.2.3.4")]
    [InlineData("X-Real-IP: 1.2.3.4")]
    [InlineData("X-Original-URL: /evil")]
    [InlineData("x_original_url: /evil")]
    [InlineData("X-Rewrite-URL: /evil")]
    [InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("X-HTTP-Method: DELETE")]
    [InlineData("X-Method-Override: DELETE")]
    [InlineData("X-Evidence-Id: 1")]
    [InlineData("X-Content-Length: 5")]
    [InlineData("baggage: a=b")]
    [InlineData("BAGGAGE: a=b\r\nbaggage: c=d")]
    [InlineData("X-Real-IP: 1.2.3.4\r\nConnection: Upgrade, close\r\nUpgrade: websocket")]
    public async Task The_gateways_own_headers_are_taken_away(string headers)
    {
        await using var host = await ForwardingDriver.StartAsync();
        var close = headers.Contains("Connection", StringComparison.Ordinal) ? "" : "Connection: close\r\n";
        var answer = await host.SendAsync($"GET /a HTTP/1.1\r\nHost: x\r\nX-Mine: 1\r\n{headers}\r\n{close}\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        var request = Assert.Single(host.Backend.Requests);
        Assert.Equal(["1"], request.Values("X-Mine"));
        foreach (var header in headers.Split("\r\n"))
        {
            var (name, value) = (header.Split(": ")[0], header.Split(": ")[1]);
            Assert.DoesNotContain(value, request.Values(name));
        }
    }

    [Fact]
    public async Task A_refusal_is_counted_by_rule_and_nothing_of_the_request_is_logged()
    {
        await using var host = await ForwardingDriver.StartAsync();
        await host.SendAsync("GET /zhangsan/../x HTTP/1.1\r\nHost: x\r\nX-Name: zhangsan\r\n\r\n");
        await host.SendAsync("TRACE /zhangsan HTTP/1.1\r\nHost: x\r\n\r\n");
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync($"http://127.0.0.1:{host.Port}/metrics");
        foreach (var rule in new[] { "path", "method" })
        {
            Assert.Matches($"integration_front_refused_total{{[^}}]*rule=\"{rule}\"[^}}]*}} 1\n", metrics);
        }

        Assert.DoesNotContain("zhangsan", host.Platform.Logs.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            host.Platform.Logs.Entries,
            entry => entry.Level > LogLevel.Debug && entry.Category.StartsWith("Integration", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_listener_that_is_past_the_filter_serves_nothing()
    {
        await using var host = await ServiceHost.StartHttpAsync(
            app => app.MapGet("/a", () => "served"),
            builder =>
                builder.WebHost.ConfigureKestrel(kestrel =>
                {
                    kestrel.ConfigureEndpointDefaults(_ => { });
                    kestrel.Listen(IPAddress.Loopback, 0);
                })
        );
        using var first = await host.Client.GetAsync("/a");
        using var second = await host.Client.GetAsync("/health/live");
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable),
            (first.StatusCode, second.StatusCode)
        );
        Assert.Single(host.Logs.Entries, entry => entry.Event == 1031 && entry.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_TLS_listener_of_the_settings_is_filtered_behind_TLS()
    {
        using var certificate = Certificate();
        var folder = Directory.CreateTempSubdirectory("front-filter");
        var file = Path.Combine(folder.FullName, "server.pfx");
        await File.WriteAllBytesAsync(file, certificate.Certificate.Export(X509ContentType.Pfx));
        await using var host = await ServiceHost.StartHttpAsync(
            app => app.MapGet("/a", (HttpRequest request) => request.Protocol),
            add: null,
            ("Kestrel:Endpoints:Callers:Url", "https://127.0.0.1:0"),
            ("Kestrel:Endpoints:Callers:Certificate:Path", file)
        );
        await ServesFilteredTlsAsync(host);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_TLS_listener_in_code_is_filtered_behind_TLS()
    {
        using var certificate = Certificate();
        await using var host = await ServiceHost.StartHttpAsync(
            app => app.MapGet("/a", (HttpRequest request) => request.Protocol),
            builder =>
                builder.WebHost.ConfigureKestrel(kestrel =>
                    kestrel.Listen(
                        IPAddress.Loopback,
                        0,
                        listen => listen.UseHttps(certificate.Certificate).UseFrontFilter()
                    )
                )
        );
        await ServesFilteredTlsAsync(host);
    }

    [Fact]
    public async Task A_TLS_listener_whose_filter_was_forgotten_serves_nothing()
    {
        using var certificate = Certificate();
        await using var host = await ServiceHost.StartHttpAsync(
            app => app.MapGet("/a", () => "served"),
            builder =>
                builder.WebHost.ConfigureKestrel(kestrel =>
                    kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate.Certificate))
                )
        );
        using var http = Trusting(host);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/a"));
    }

    [Theory]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:0;HTTPS://127.0.0.1:0")]
    public async Task An_https_address_outside_the_endpoints_stops_the_start(string urls)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            ServiceHost.StartHttpAsync(settings: ("Urls", urls))
        );
        Assert.Contains("Kestrel:Endpoints", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_is_documented_and_every_documented_rule_exists()
    {
        var document = File.ReadAllText(Path.Combine(Root(), "docs", "spec", "front-filter.md"));
        var documented = document
            .Split('\n')
            .SkipWhile(line => line != "## Rules")
            .TakeWhile(line => line != "## Headers")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);
        Assert.Equal(FrontRule.All.Select(rule => rule.Name).Order(), documented.Order());
    }

    private static async Task ServesFilteredTlsAsync(ServiceHost host)
    {
        using var http = Trusting(host);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a") { Version = HttpVersion.Version20 };
        using var twin = new HttpRequestMessage(HttpMethod.Get, "/a") { Version = HttpVersion.Version11 };
        using var bad = new HttpRequestMessage(HttpMethod.Get, "/a") { Version = HttpVersion.Version11 };
        bad.Headers.TryAddWithoutValidation("Connection", "keep-alive, X-Case-Id");
        using var second = await http.SendAsync(request);
        using var first = await http.SendAsync(twin);
        using var refused = await http.SendAsync(bad);
        Assert.Equal("HTTP/2", await second.Content.ReadAsStringAsync());
        Assert.Equal("HTTP/1.1", await first.Content.ReadAsStringAsync());
        Assert.Contains("Rule connection-option", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static HttpClient Trusting(ServiceHost host)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{host.Address.Port}") };
    }

    private static X509 Certificate()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new X509("localhost", now.AddDays(-1), now.AddDays(1));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
