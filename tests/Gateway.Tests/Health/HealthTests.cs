using System.Net;
using System.Text.Json.Nodes;
using Integration.Gateway.Tests.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Tests.Health;

public class HealthTests
{
    [Fact]
    public async Task A_process_that_answers_is_live()
    {
        await using var host = await PlatformHost.Start();
        Assert.Equal("""{"status":"live"}""", await host.Client.GetStringAsync("/health/live"));
    }

    [Theory]
    [InlineData(HealthStatus.Healthy, HttpStatusCode.OK, "ready")]
    [InlineData(HealthStatus.Degraded, HttpStatusCode.OK, "degraded")]
    [InlineData(HealthStatus.Unhealthy, HttpStatusCode.ServiceUnavailable, "unready")]
    public async Task Readiness_lists_every_check_and_the_worst_decides(
        HealthStatus status,
        HttpStatusCode http,
        string word
    )
    {
        await using var host = await PlatformHost.Start(add: builder =>
            builder.Services.AddHealthChecks().AddCheck("one", () => new HealthCheckResult(status, "why"))
        );
        using var answer = await host.Client.GetAsync("/health/ready");
        Assert.Equal(http, answer.StatusCode);
        Assert.Equal(
            $$"""{"status":"{{word}}","checks":[{"name":"one","status":"{{word}}","detail":"why"},{"name":"process","status":"ready"}]}""",
            await answer.Content.ReadAsStringAsync()
        );
    }

    [Fact]
    public async Task A_check_that_throws_tells_its_type_only()
    {
        await using var host = await PlatformHost.Start(add: builder =>
            builder
                .Services.AddHealthChecks()
                .AddCheck("one", HealthCheckResult () => throw new InvalidOperationException("Password=x"))
        );
        using var answer = await host.Client.GetAsync("/health/ready");
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Contains("InvalidOperationException", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_is_announced_then_running_requests_end()
    {
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await PlatformHost.Start(
            app =>
                app.MapGet(
                    "/slow",
                    async () =>
                    {
                        entered.SetResult();
                        await release.Task;
                        return "done";
                    }
                ),
            add: null,
            ("Gateway:Http:DrainSeconds", "2")
        );
        var slow = host.Client.GetStringAsync("/slow");
        await entered.Task;
        var stop = host.App.StopAsync();

        using var announced = await host.Client.GetAsync("/health/ready");
        var words = JsonNode.Parse(await announced.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, announced.StatusCode);
        Assert.Equal("The gateway is stopping.", (string?)words["checks"]![0]!["detail"]);

        release.SetResult();
        Assert.Equal("done", await slow);
        await stop;
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Client.GetAsync("/health/live"));
    }
}
