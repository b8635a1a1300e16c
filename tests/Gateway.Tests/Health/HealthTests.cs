using System.Net;
using System.Text.Json.Nodes;
using Integration.Testing;
using Integration.Testing.Drivers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Health;

public class HealthTests
{
    [Fact]
    public async Task A_process_that_answers_is_live()
    {
        await using var host = await ServiceHost.StartHttpAsync();
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
        await using var host = await ServiceHost.StartHttpAsync(add: builder =>
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
    public async Task A_check_that_can_only_degrade_degrades_when_it_takes_too_long()
    {
        await using var host = await ServiceHost.StartHttpAsync(add: builder =>
            builder
                .Services.AddHealthChecks()
                .AddAsyncCheck(
                    "one",
                    async cancelled =>
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
                        return HealthCheckResult.Healthy();
                    },
                    tags: []
                )
                .Services.Configure<HealthCheckServiceOptions>(options =>
                {
                    var check = options.Registrations.Single(check => check.Name == "one");
                    (check.FailureStatus, check.Timeout) = (HealthStatus.Degraded, TimeSpan.FromMilliseconds(50));
                })
        );

        using var answer = await host.Client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"status\":\"degraded\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_no_request_can_do_without_makes_the_gateway_unready()
    {
        using var services = new ServiceCollection().AddReadiness().Services.BuildServiceProvider();
        var checks = services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;

        Assert.Equal(
            ["agencies", "callers", "notices", "service-catalogue", "signatures", "telemetry", "timers"],
            checks.Where(check => check.FailureStatus == HealthStatus.Degraded).Select(check => check.Name).Order()
        );
    }

    [Fact]
    public async Task A_check_that_throws_tells_its_type_only()
    {
        await using var host = await ServiceHost.StartHttpAsync(add: builder =>
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
    public async Task No_request_causes_a_check_and_a_change_shows_by_itself()
    {
        var (runs, status) = (0, HealthStatus.Healthy);
        await using var host = await ServiceHost.StartHttpAsync(add: builder =>
            builder
                .Services.AddHealthChecks()
                .AddCheck(
                    "one",
                    () =>
                    {
                        Interlocked.Increment(ref runs);
                        return new HealthCheckResult(status);
                    }
                )
        );
        var since = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 2000; i++)
        {
            using var answer = await host.Client.GetAsync("/health/ready?x=" + i);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var rounds = 1 + (int)TimeProvider.System.GetElapsedTime(since).TotalSeconds;
        Assert.InRange(Volatile.Read(ref runs), 1, 1 + rounds);

        status = HealthStatus.Unhealthy;
        await UntilAsync(host, HttpStatusCode.ServiceUnavailable);
        status = HealthStatus.Healthy;
        await UntilAsync(host, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Checks_that_do_not_end_make_it_unready_and_never_keep_a_request_waiting()
    {
        using var release = new ManualResetEventSlim();
        var hangs = false;
        await using var host = await ServiceHost.StartHttpAsync(add: builder =>
            builder
                .Services.AddHealthChecks()
                .AddCheck(
                    "one",
                    () =>
                    {
                        if (Volatile.Read(ref hangs))
                        {
                            release.Wait(TestContext.Current.CancellationToken);
                        }

                        return HealthCheckResult.Healthy();
                    }
                )
        );
        Volatile.Write(ref hangs, true);

        var body = await UntilAsync(host, HttpStatusCode.ServiceUnavailable);
        Assert.Contains("have not ended", body, StringComparison.Ordinal);
        release.Set();
        await UntilAsync(host, HttpStatusCode.OK);
    }

    [Fact]
    public async Task HEAD_is_answered_as_GET_without_a_body()
    {
        await using var host = await ServiceHost.StartHttpAsync();
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var answer = await host.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_change_is_logged_once_and_without_the_text_of_an_exception()
    {
        var rounds = 0;
        await using var host = await ServiceHost.StartHttpAsync(add: builder =>
            builder
                .Services.AddHealthChecks()
                .AddCheck(
                    "one",
                    HealthCheckResult () =>
                    {
                        Interlocked.Increment(ref rounds);
                        throw new InvalidOperationException("Password=x");
                    }
                )
        );
        await Eventually.GetAsync(
            "a fourth round begins",
            () => Task.FromResult(Volatile.Read(ref rounds)),
            count => count >= 4
        );

        var changes = host.Logs.Entries.Where(entry => entry.Event == 1040).Select(entry => entry.Message);
        Assert.Equal(["The readiness check one is unready from now on"], changes);
        Assert.DoesNotContain(host.Logs.Entries, entry => $"{entry}".Contains("Password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_is_announced_then_running_requests_end()
    {
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await ServiceHost.StartHttpAsync(
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

    private static async Task<string> UntilAsync(ServiceHost host, HttpStatusCode status)
    {
        for (var i = 0; i < 600; i++)
        {
            using var answer = await host.Client.GetAsync("/health/ready");
            if (answer.StatusCode == status)
            {
                return await answer.Content.ReadAsStringAsync();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw new TimeoutException($"Readiness never became {(int)status}.");
    }
}
