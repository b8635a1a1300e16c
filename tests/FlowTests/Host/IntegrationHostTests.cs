using Integration.Contracts.V1.Verifications;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Host;

/// <summary>What every flow test stands on.</summary>
public class IntegrationHostTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Three_checks_are_answered_by_three_agencies(Engine engine)
    {
        await using var host = await IntegrationHost.StartAsync(new() { Engine = engine });

        var answer = await host.Hall.Api.VerifyAsync(HallRequests.Verification());

        Assert.All(answer.Checks, check => Assert.Equal(CheckOutcome.Match, check.Outcome));
        Assert.Single(await host.Agencies.CallsOfAsync("real-estate"), call => call.Operation == "query");
    }

    [Fact]
    public async Task A_stopped_clock_does_not_stop_the_gateway()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
        await using var host = await IntegrationHost.StartAsync(new() { Clock = clock });

        var answer = await host.Hall.Api.VerifyAsync(HallRequests.Verification());

        Assert.All(answer.Checks, check => Assert.Equal(CheckOutcome.Match, check.Outcome));
        Assert.Equal(clock.GetUtcNow(), answer.CompletedAt);
    }

    [Fact]
    public async Task What_was_answered_survives_a_restart()
    {
        await using var host = await IntegrationHost.StartAsync();
        var answer = await host.Hall.Api.VerifyAsync(HallRequests.Identity());

        await host.RestartAsync();

        Assert.Equal(answer.CompletedAt, (await host.Hall.Api.GetVerificationAsync(answer.VerificationId)).CompletedAt);
    }

    [Fact]
    public async Task Telemetry_is_recorded()
    {
        await using var host = await IntegrationHost.StartAsync();
        await host.Hall.Api.VerifyAsync(HallRequests.Identity());

        Assert.NotEmpty(host.Recorded.Logs);
        await Eventually.GetAsync(
            "the span of the request, which ends after its answer has left",
            () => Task.FromResult(host.Recorded.Spans),
            spans => spans.Any(span => span.DisplayName.Contains("/v1/verifications", StringComparison.Ordinal))
        );
        Assert.Contains("# TYPE", await host.Recorded.MetricsAsync());
    }

    [Fact]
    public async Task A_client_has_its_own_grants()
    {
        await using var host = await IntegrationHost.StartAsync();
        using var refused = await host.As("hall-limited").PostAsync("/v1/verifications", HallRequests.Verification());
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
