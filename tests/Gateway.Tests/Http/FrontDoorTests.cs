using System.Net;
using Integration.Gateway.Platform.Http;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Http;

public class FrontDoorTests
{
    [Theory]
    [InlineData("TRACE / HTTP/1.1\r\nHost: x")]
    [InlineData("TRACE /health/live HTTP/1.1\r\nHost: x")]
    [InlineData("CONNECT x:443 HTTP/1.1\r\nHost: x:443")]
    public async Task TRACE_and_CONNECT_are_refused_on_any_address(string request)
    {
        await using var host = await ServiceHost.StartHttpAsync();
        var answer = await host.RawAsync($"{request}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("request-invalid", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gateway.example", HttpStatusCode.OK)]
    [InlineData("Gateway.Example:8443", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("gateway.example.evil.example", HttpStatusCode.BadRequest)]
    public async Task Only_listed_hosts_are_answered(string name, HttpStatusCode status)
    {
        await using var host = await ServiceHost.StartHttpAsync(settings: ("Gateway:Http:Hosts:0", "gateway.example"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = name;
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("Urls", "http://0.0.0.0:0")]
    [InlineData("Urls", "http://*:0")]
    [InlineData("Urls", "http://127.0.0.1:0;http://[::]:0")]
    [InlineData("Urls", "http://gateway.example:0")]
    [InlineData("Kestrel:Endpoints:Callers:Url", "http://0.0.0.0:0")]
    public async Task Who_listens_outside_this_machine_says_under_which_hosts(string setting, string value)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            ServiceHost.StartHttpAsync(settings: (setting, value))
        );

        Assert.Contains("Gateway:Http:Hosts", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("outside this machine", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_in_code_says_so_too() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() =>
            ServiceHost.StartHttpAsync(
                map: null,
                builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0))
            )
        );

    [Theory]
    [InlineData("*")]
    [InlineData("gateway.example:8443")]
    [InlineData("https://gateway.example")]
    [InlineData("")]
    public async Task A_host_is_listed_by_its_name_alone(string name) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() =>
            ServiceHost.StartHttpAsync(settings: ("Gateway:Http:Hosts:0", name))
        );

    [Theory]
    [InlineData("http://localhost:5000", true)]
    [InlineData("http://LOCALHOST:5000", true)]
    [InlineData("http://127.8.0.1:5000", true)]
    [InlineData("https://[::1]:5000", true)]
    [InlineData("http://unix:/run/gateway.sock", true)]
    [InlineData("http://10.0.0.5:5000", false)]
    [InlineData("http://localhost.example:5000", false)]
    [InlineData("http://[fe80::1]:5000", false)]
    [InlineData("http://+:5000", false)]
    public void On_loopback_no_host_needs_to_be_listed(string address, bool isFree)
    {
        Assert.Equal(isFree, !ServedHosts.Faults(new GatewayHttpOptions(), [address]).Any());
        Assert.Empty(ServedHosts.Faults(new GatewayHttpOptions { Hosts = ["gateway.example"] }, [address]));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/nothing")]
    [InlineData("/throws")]
    public async Task Every_answer_is_private_and_says_nothing_of_the_server(string address)
    {
        await using var host = await ServiceHost.StartHttpAsync(app =>
            app.MapGet("/throws", string () => throw new InvalidOperationException())
        );
        using var answer = await host.Client.GetAsync(address);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("Gateway:Http:MaxHeaders", "20", 431)]
    [InlineData("Gateway:Http:MaxHeaderBytes", "1024", 431)]
    [InlineData("Gateway:Http:MaxRequestLineBytes", "512", 414)]
    public async Task A_request_over_a_limit_is_refused_and_one_under_it_is_not(string key, string value, int status)
    {
        await using var host = await ServiceHost.StartHttpAsync(settings: (key, value));
        var headers = string.Concat(Enumerable.Range(0, 30).Select(i => $"X-{i}: {new string('a', 40)}\r\n"));
        var small = await host.RawAsync("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        var large = await host.RawAsync(
            $"GET /health/live?{new string('a', 600)} HTTP/1.1\r\nHost: x\r\n{headers}Connection: close\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 200 ", small, StringComparison.Ordinal);
        Assert.StartsWith($"HTTP/1.1 {status} ", large, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_headers_end_in_408()
    {
        await using var host = await ServiceHost.StartHttpAsync(settings: ("Gateway:Http:HeaderSeconds", "1"));
        var answer = await host.RawAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n");
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_setting_out_of_range_is_listed_at_start()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            ServiceHost.StartHttpAsync(
                settings: [("Gateway:Http:MaxBodyBytes", "1"), ("Gateway:Http:ShutdownSeconds", "0")]
            )
        );
        Assert.Equal(2, refusal.Failures.Count());
    }

    [Fact]
    public async Task An_unknown_setting_is_refused_at_start() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ServiceHost.StartHttpAsync(settings: ("Gateway:Http:MaxBodyByte", "4096"))
        );
}
