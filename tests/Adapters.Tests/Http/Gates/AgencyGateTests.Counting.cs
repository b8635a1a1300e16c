using Integration.Adapters.Http.Gates;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Http.Gates;

/// <summary>Numbers a second and a day, further sendings, and many at once.</summary>
public sealed partial class AgencyGateTests
{
    [Fact]
    public async Task More_than_the_burst_waits_for_the_next_second()
    {
        var gate = _parts.Gate(new() { PerSecond = 2, Burst = 3 });
        var other = _parts.Gate(new() { PerSecond = 2, Burst = 3 }, "other-agency");
        for (var i = 0; i < 3; i++)
        {
            (await EnterAsync(gate)).Dispose();
        }

        var refused = await EnterAsync(gate);
        var elsewhere = await EnterAsync(other);
        _parts.Clock.Advance(refused.RetryAfter!.Value);
        var passed = await EnterAsync(gate);

        AssertRefused(refused, FailureStage.Bulkhead, "rate");
        Assert.Equal(TimeSpan.FromSeconds(0.5), refused.RetryAfter);
        Assert.Null(elsewhere.Failure);
        Assert.Null(passed.Failure);
    }

    [Fact]
    public async Task The_days_number_is_used_up_until_midnight_in_china()
    {
        var gate = _parts.Gate(new() { PerDay = 1, PerSecond = 5 });
        (await EnterAsync(gate)).Dispose();

        var refused = await EnterAsync(gate);

        AssertRefused(refused, FailureStage.Bulkhead, "day-used-up");
        Assert.Equal(TimeSpan.FromHours(15), refused.RetryAfter);
        Assert.Equal((0, 4), (gate.Use.InUse, gate.Use.Rate!.Left));
    }

    [Fact]
    public async Task What_cannot_be_counted_is_refused_and_consumes_nothing()
    {
        var gate = _parts.Gate(new() { PerDay = 10, PerSecond = 5 });
        _parts.CanCount = false;

        var refused = await EnterAsync(gate);
        _parts.CanCount = true;
        var passed = await EnterAsync(gate);

        AssertRefused(refused, FailureStage.Bulkhead, "day-not-counted");
        Assert.Null(passed.Failure);
        Assert.Equal((1, 4), (gate.Use.InUse, gate.Use.Rate!.Left));
    }

    [Fact]
    public async Task Without_anybody_who_counts_a_day_an_agency_with_one_is_refused_and_one_without_is_asked()
    {
        var clock = _parts.Clock;
        var signs = new MaintenanceSigns(new NothingInMaintenance(), ["a"], clock);
        var counted = new AgencyGate("a", new() { PerDay = 1 }, signs, new NothingCounted(), _parts.Telemetry, clock);
        var free = new AgencyGate("a", new(), signs, new NothingCounted(), _parts.Telemetry, clock);

        AssertRefused(await EnterAsync(counted), FailureStage.Bulkhead, "day-not-counted");
        Assert.Null((await EnterAsync(free)).Failure);
    }

    [Fact]
    public async Task A_caller_that_goes_away_while_the_day_is_counted_leaves_nothing_taken()
    {
        var gate = _parts.Gate(new() { PerDay = 10, PerSecond = 5 });
        _parts.Counting = new TaskCompletionSource().Task;
        using var gone = new CancellationTokenSource();
        var entering = gate.EnterAsync("hall", CallPriority.Live, gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SoonAsync(entering));
        Assert.Equal((0, 5), (gate.Use.InUse, gate.Use.Rate!.Left));
    }

    [Fact]
    public async Task Each_further_sending_under_a_place_counts()
    {
        var gate = _parts.Gate(new() { PerDay = 2 });
        using var place = await EnterAsync(gate);

        var second = await place.CountAgainAsync(Cancelled);
        var third = await place.CountAgainAsync(Cancelled);

        Assert.Null(second);
        Assert.Equal("day-used-up", third?.Code);
        Assert.Equal(2, _parts.Taken("agency:test-agency"));
    }

    [Fact]
    public async Task A_place_is_given_back_once_however_often_it_is_disposed()
    {
        var gate = _parts.Gate(new() { Parallel = 2 });
        var first = await EnterAsync(gate);
        using var second = await EnterAsync(gate);

        first.Dispose();
        first.Dispose();

        Assert.Equal(1, gate.Use.InUse);
    }

    [Fact]
    public async Task Of_many_at_once_never_more_than_the_places_are_inside()
    {
        var gate = _parts.Gate(
            new()
            {
                Parallel = 8,
                Waiting = 1000,
                BatchShare = 0.25,
            }
        );
        var (inside, most, batches, mostBatches) = (0, 0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => VisitAsync(i % 4 == 0))));

        Assert.InRange(most, 1, 8);
        Assert.InRange(mostBatches, 0, 2);
        Assert.Equal(0, gate.Use.InUse);

        async Task VisitAsync(bool batch)
        {
            using var place = await gate.EnterAsync("hall", batch ? CallPriority.Batch : CallPriority.Live, Cancelled);
            if (place.Failure is not null)
            {
                return;
            }

            Raise(ref most, Interlocked.Increment(ref inside));
            if (batch)
            {
                Raise(ref mostBatches, Interlocked.Increment(ref batches));
            }

            await Task.Yield();
            Interlocked.Decrement(ref inside);
            if (batch)
            {
                Interlocked.Decrement(ref batches);
            }
        }
    }

    [Fact]
    public async Task A_gate_nobody_knows_lets_nothing_through()
    {
        var gate = _parts.Gate(new());
        var gates = new AgencyGates([gate]);

        var unknown = await gates.EnterAsync("nowhere", "hall", CallPriority.Live, Cancelled);
        var known = await gates.EnterAsync("test-agency", "hall", CallPriority.Live, Cancelled);

        Assert.Equal("no-such-agency", unknown.Failure?.Code);
        Assert.Null(known.Failure);
    }
}
