using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using Integration.Contracts.Problems;

namespace Integration.Gateway.Tests.Limits;

/// <summary>Each limit of a caller and of the gateway: under it passes, over it is refused, others are not affected.</summary>
public sealed class CallerLimitingTests
{
    [Fact]
    public async Task More_a_second_than_allowed_is_refused_until_time_has_passed()
    {
        await using var host = await LimitsDriver.StartAsync(new JsonObject { ["perSecond"] = 2, ["burst"] = 3 });
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/quick")).StatusCode);
        }

        var (status, problem, retryAfter) = await LimitsDriver.RefusalAsync(await host.GetAsync("/quick"));
        using var other = await host.GetAsync("/quick", "other");
        host.Time.Advance(retryAfter!.Value);
        using var later = await host.GetAsync("/quick");

        Assert.Equal((429, ProblemCodes.TooManyRequests, "caller"), (status, problem.Code, problem.Party));
        Assert.Contains("2 requests a second", problem.Detail, StringComparison.Ordinal);
        Assert.Equal((RetryAdvice.Safe, TimeSpan.FromSeconds(1)), (problem.Retry, retryAfter));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task More_at_once_than_allowed_is_refused_until_one_has_ended()
    {
        await using var host = await LimitsDriver.StartAsync(new JsonObject { ["atOnce"] = 2 });
        var held = await host.FillAsync(2);

        var (status, problem, retryAfter) = await LimitsDriver.RefusalAsync(await host.GetAsync("/quick"));
        using var other = await host.GetAsync("/quick", "other");
        host.LetGo();
        await Task.WhenAll(held);
        using var later = await host.GetAsync("/quick");

        Assert.Equal((429, ProblemCodes.TooManyRequests, "caller"), (status, problem.Code, problem.Party));
        Assert.Contains("2 requests at once", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), retryAfter);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_used_up_day_is_refused_until_midnight_in_china()
    {
        await using var host = await LimitsDriver.StartAsync(new JsonObject { ["perDay"] = 2 });
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/quick")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/quick")).StatusCode);

        var (status, problem, retryAfter) = await LimitsDriver.RefusalAsync(await host.GetAsync("/quick"));
        using var other = await host.GetAsync("/quick", "other");

        Assert.Equal((429, ProblemCodes.QuotaExhausted, "caller"), (status, problem.Code, problem.Party));
        Assert.InRange(retryAfter!.Value, TimeSpan.FromHours(14.9), TimeSpan.FromHours(15));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_day_that_cannot_be_counted_is_refused_as_the_gateways_fault_and_takes_nothing_of_the_second()
    {
        await using var host = await LimitsDriver.StartAsync(
            new JsonObject
            {
                ["perDay"] = 5,
                ["perSecond"] = 1,
                ["burst"] = 1,
            }
        );
        host.CanCount = false;

        var (status, problem, retryAfter) = await LimitsDriver.RefusalAsync(await host.GetAsync("/quick"));
        using var uncounted = await host.GetAsync("/quick", "other");
        host.CanCount = true;
        using var counted = await host.GetAsync("/quick");

        Assert.Equal((503, ProblemCodes.Unavailable, "gateway"), (status, problem.Code, problem.Party));
        Assert.NotNull(retryAfter);
        Assert.Equal(HttpStatusCode.OK, uncounted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, counted.StatusCode);
    }

    [Fact]
    public async Task When_the_gateway_is_full_everybody_but_operators_is_shed()
    {
        await using var host = await LimitsDriver.StartAsync(limits: null, ("AtOnce", "4"));
        var held = await host.FillAsync(4);

        var (status, problem, retryAfter) = await LimitsDriver.RefusalAsync(await host.GetAsync("/quick", "other"));
        using var ops = await host.GetAsync("/quick", "ops");
        host.LetGo();
        await Task.WhenAll(held);
        using var later = await host.GetAsync("/quick", "other");

        Assert.Equal((503, ProblemCodes.Overloaded, "gateway"), (status, problem.Code, problem.Party));
        Assert.Equal((RetryAdvice.Safe, TimeSpan.FromSeconds(2)), (problem.Retry, retryAfter));
        Assert.Equal(HttpStatusCode.OK, ops.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Batches_are_shed_at_their_share_while_live_requests_still_pass()
    {
        await using var host = await LimitsDriver.StartAsync(limits: null, ("AtOnce", "4"));
        var batches = await host.FillAsync(2, "other", "u=6");

        var (status, problem, _) = await LimitsDriver.RefusalAsync(await host.GetAsync("/quick", "other", "u=6"));
        using var live = await host.GetAsync("/quick", "hall");
        using var liveOfTheSame = await host.GetAsync("/quick", "other");
        host.LetGo();
        await Task.WhenAll(batches);
        using var later = await host.GetAsync("/quick", "other", "u=6");

        Assert.Equal((503, ProblemCodes.Overloaded), (status, problem.Code));
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.OK, liveOfTheSame.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Theory]
    [InlineData("live", null, "Live")]
    [InlineData("live", "u=0", "Live")]
    [InlineData("live", "u=3", "Live")]
    [InlineData("live", "u=4", "Batch")]
    [InlineData("live", "u=7, i", "Batch")]
    [InlineData("live", "i, u=5;x=1", "Batch")]
    [InlineData("live", "u=7,u=1", "Live")]
    [InlineData("live", "u=8", "Live")]
    [InlineData("live", "u=-1", "Live")]
    [InlineData("live", "nonsense;;;=", "Live")]
    [InlineData("batch", null, "Batch")]
    [InlineData("batch", "u=0", "Batch")]
    public async Task A_caller_may_lower_itself_and_never_raise_itself(string client, string? header, string expected)
    {
        await using var host = await LimitsDriver.StartAsync(new JsonObject { ["priority"] = client });

        using var answer = await host.GetAsync("/quick", priority: header);

        Assert.Equal(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_caller_has_used_survives_a_reload_that_changes_nothing_of_its_limits()
    {
        var limits = new JsonObject { ["perSecond"] = 1, ["burst"] = 2 };
        await using var host = await LimitsDriver.StartAsync(limits);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/quick")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/quick")).StatusCode);
        var before = host.Directory.Current;

        limits["perDay"] = 1000;
        await host.ReloadAsync(limits); // changed: counts begin anew
        Assert.NotSame(before, host.Directory.Current);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/quick")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/quick")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.GetAsync("/quick")).StatusCode);

        before = host.Directory.Current;
        await host.ReloadAsync(
            new JsonObject
            {
                ["perDay"] = 1000,
                ["burst"] = 2,
                ["perSecond"] = 1,
            }
        );
        Assert.NotSame(before, host.Directory.Current);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.GetAsync("/quick")).StatusCode);
    }

    [Fact]
    public async Task Without_an_entry_of_its_own_a_client_has_the_limits_of_the_settings()
    {
        await using var host = await LimitsDriver.StartAsync(
            limits: null,
            ("CallerPerSecond", "1"),
            ("CallerBurst", "1")
        );

        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/quick")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.GetAsync("/quick")).StatusCode);
    }

    [Fact]
    public async Task Refusals_are_counted_by_limit_and_kind_and_never_by_caller()
    {
        await using var host = await LimitsDriver.StartAsync(new JsonObject { ["perSecond"] = 1, ["burst"] = 1 });
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "integration.limits.refused" && ReferenceEquals(instrument.Meter.Scope, host.Meters))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (_, _, tags, _) =>
            {
                var labels = tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal);
                seen.Enqueue(string.Join(' ', labels));
            }
        );
        listener.Start();

        (await host.GetAsync("/quick")).Dispose();
        (await host.GetAsync("/quick")).Dispose();

        Assert.Equal(["kind=Hall limit=caller-rate"], seen);
    }

    [Fact]
    public async Task Requests_without_a_caller_are_not_counted()
    {
        await using var host = await LimitsDriver.StartAsync(
            limits: null,
            ("CallerPerSecond", "1"),
            ("CallerBurst", "1")
        );

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/open")).StatusCode);
        }
    }
}
