using Integration.Adapters.Http;
using Integration.Adapters.Http.Gates;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.Http.Gates;

/// <summary>Each limit of an agency's gate: under it passes, over it is refused, and what was taken is given back.</summary>
public sealed class AgencyGateTests : IDisposable
{
    private readonly GateParts _parts = new(
        new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)))
    );

    private CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task In_maintenance_nothing_passes_and_nothing_is_counted_until_it_ends()
    {
        var gate = _parts.Gate(new() { PerDay = 10, PerSecond = 1 });
        var other = _parts.Gate(new(), "other-agency");
        var now = _parts.Clock.GetUtcNow();
        _parts.Maintenance["test-agency"] = new("test-agency", now, now + TimeSpan.FromMinutes(30));

        var refused = await Enter(gate);
        var elsewhere = await Enter(other);
        _parts.Maintenance.Clear();
        var passed = await Enter(gate);

        AssertRefused(refused, FailureStage.Maintenance, "maintenance");
        Assert.Equal(TimeSpan.FromMinutes(30), refused.RetryAfter);
        Assert.Null(elsewhere.Failure);
        Assert.Null(passed.Failure);
        Assert.Equal(1, _parts.Taken("agency:test-agency"));
    }

    [Fact]
    public async Task An_agency_rests_with_the_platform_it_is_reached_through()
    {
        var gate = _parts.Gate(new(), behind: "platform");
        var now = _parts.Clock.GetUtcNow();
        _parts.Maintenance["platform"] = new("platform", now, Until: null);

        var refused = await Enter(gate);

        AssertRefused(refused, FailureStage.Maintenance, "maintenance");
        Assert.Null(refused.RetryAfter);
    }

    [Fact]
    public async Task Maintenance_that_begins_while_a_request_waits_turns_it_away()
    {
        var gate = _parts.Gate(new() { Parallel = 1, Waiting = 1 });
        var held = await Enter(gate);
        var waiting = gate.Enter("hall", CallPriority.Live, Cancelled).AsTask();
        _parts.Maintenance["test-agency"] = new("test-agency", _parts.Clock.GetUtcNow(), Until: null);

        held.Dispose();

        AssertRefused(await Soon(waiting), FailureStage.Maintenance, "maintenance");
        Assert.Equal(0, gate.Use.InUse);
    }

    [Fact]
    public async Task Live_requests_wait_for_a_place_and_one_more_than_may_wait_is_turned_away()
    {
        var gate = _parts.Gate(new() { Parallel = 1, Waiting = 1 });
        var held = await Enter(gate);
        var waiting = gate.Enter("hall", CallPriority.Live, Cancelled).AsTask();

        var refused = await Enter(gate);
        Assert.Equal((1, 1), (gate.Use.InUse, gate.Use.Waiting));
        held.Dispose();
        using var passed = await Soon(waiting);

        AssertRefused(refused, FailureStage.Bulkhead, "no-place");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.RetryAfter);
        Assert.Null(passed.Failure);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_a_question_may_take()
    {
        var gate = _parts.Gate(new() { Parallel = 1, Waiting = 1 });
        using var held = await Enter(gate);
        var waiting = gate.Enter("hall", CallPriority.Live, Cancelled).AsTask();

        _parts.Clock.Advance(new AgencyLimits().TotalTime);

        AssertRefused(await Soon(waiting), FailureStage.Bulkhead, "waited-too-long");
        Assert.Equal(0, gate.Use.Waiting);
    }

    [Fact]
    public async Task A_caller_that_goes_away_while_waiting_leaves_no_place_taken()
    {
        var gate = _parts.Gate(new() { Parallel = 1, Waiting = 1 });
        var held = await Enter(gate);
        using var gone = new CancellationTokenSource();
        var waiting = gate.Enter("hall", CallPriority.Live, gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(waiting));
        held.Dispose();
        Assert.Equal((0, 0), (gate.Use.InUse, gate.Use.Waiting));
    }

    [Fact]
    public async Task Batches_take_their_share_of_the_places_and_never_wait()
    {
        var gate = _parts.Gate(
            new()
            {
                Parallel = 4,
                Waiting = 4,
                BatchShare = 0.5,
            }
        );
        using var first = await Enter(gate, CallPriority.Batch);
        var second = await Enter(gate, CallPriority.Batch);

        var third = await Enter(gate, CallPriority.Batch);
        using var live = await Enter(gate);
        second.Dispose();
        using var again = await Enter(gate, CallPriority.Batch);

        Assert.Null(second.Failure);
        AssertRefused(third, FailureStage.Bulkhead, "no-place");
        Assert.Null(live.Failure);
        Assert.Null(again.Failure);
    }

    [Fact]
    public async Task Under_saturation_every_freed_place_goes_to_a_live_request()
    {
        var gate = _parts.Gate(
            new()
            {
                Parallel = 4,
                Waiting = 10,
                BatchShare = 0.5,
            }
        );
        var held = new Queue<AgencyPlace>();
        for (var i = 0; i < 2; i++)
        {
            held.Enqueue(await Enter(gate, CallPriority.Batch));
            held.Enqueue(await Enter(gate));
        }

        var live = Enumerable
            .Range(0, 10)
            .Select(_ => gate.Enter("hall", CallPriority.Live, Cancelled).AsTask())
            .ToList();
        var batchesServed = 0;
        foreach (var waiting in live)
        {
            batchesServed += (await Enter(gate, CallPriority.Batch)).Failure is null ? 1 : 0;
            held.Dequeue().Dispose();
            batchesServed += (await Enter(gate, CallPriority.Batch)).Failure is null ? 1 : 0;
            held.Enqueue(await Soon(waiting));
        }

        Assert.Equal(0, batchesServed);
        Assert.All(held, place => Assert.Null(place.Failure));
        foreach (var place in held)
        {
            place.Dispose();
        }

        Assert.Null((await Enter(gate, CallPriority.Batch)).Failure);
    }

    [Fact]
    public async Task A_caller_that_takes_all_it_can_leaves_a_place_to_a_newcomer()
    {
        var gate = _parts.Gate(new() { Parallel = 16, Waiting = 100 });
        var hog = Enumerable.Range(0, 50).Select(_ => Enter(gate, caller: "hog").AsTask()).ToList();

        using var first = await Soon(Enter(gate, caller: "new").AsTask());
        using var second = await Soon(Enter(gate, caller: "new").AsTask());

        Assert.Equal(14, hog.Count(place => place.IsCompleted));
        Assert.Null(first.Failure);
        Assert.Null(second.Failure);
        Assert.Equal((16, 36), (gate.Use.InUse, gate.Use.Waiting));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(64)]
    public async Task While_others_wait_freed_places_go_to_who_holds_the_fewest_until_all_hold_the_same(int places)
    {
        var gate = _parts.Gate(new() { Parallel = places, Waiting = 1000 });
        var held = new Dictionary<string, int>(StringComparer.Ordinal) { ["hog"] = 0, ["good"] = 0 };
        var inside = new Queue<(string Caller, AgencyPlace Place)>();
        var waiting = new List<(string Caller, Task<AgencyPlace> Place)>();
        waiting.AddRange(Enumerable.Range(0, 5 * places).Select(_ => ("hog", Enter(gate, caller: "hog").AsTask())));
        waiting.AddRange(Enumerable.Range(0, 5 * places).Select(_ => ("good", Enter(gate, caller: "good").AsTask())));
        await Arrive();
        Assert.InRange(held["hog"], places - (places / 8), places);

        for (var freed = 0; freed < 3 * places; freed++)
        {
            var (caller, place) = inside.Dequeue();
            held[caller]--;
            place.Dispose();
            await Arrive();
        }

        Assert.InRange(held["hog"] + held["good"], places - (places / 8), places);
        Assert.InRange(held["good"], held["hog"] - 1, held["hog"] + 1);

        async Task Arrive()
        {
            while (inside.Count < gate.Use.InUse)
            {
                await Soon(Task.WhenAny(waiting.Select(one => one.Place)));
                foreach (var one in waiting.Where(one => one.Place.IsCompleted).ToList())
                {
                    waiting.Remove(one);
                    held[one.Caller]++;
                    inside.Enqueue((one.Caller, await one.Place));
                }
            }
        }
    }

    [Fact]
    public async Task A_queue_full_of_one_caller_makes_room_for_another()
    {
        var gate = _parts.Gate(new() { Parallel = 1, Waiting = 3 });
        var held = await Enter(gate, caller: "hog");
        var hog = Enumerable.Range(0, 3).Select(_ => Enter(gate, caller: "hog").AsTask()).ToList();

        var more = await Enter(gate, caller: "hog");
        var good = Enter(gate, caller: "good").AsTask();

        AssertRefused(more, FailureStage.Bulkhead, "no-place");
        AssertRefused(await Soon(hog[2]), FailureStage.Bulkhead, "no-place");
        Assert.Equal((1, 3), (gate.Use.InUse, gate.Use.Waiting));
        held.Dispose();
        var passed = await Soon(good);
        Assert.Null(passed.Failure);
        Assert.False(hog[0].IsCompleted);
        passed.Dispose();
        Assert.Null((await Soon(hog[0])).Failure);
    }

    [Fact]
    public async Task Of_the_places_of_batches_too_one_is_left_to_another_caller()
    {
        var gate = _parts.Gate(new() { Parallel = 8, BatchShare = 0.5 });
        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await Enter(gate, CallPriority.Batch, "hog")).Failure);
        }

        AssertRefused(await Enter(gate, CallPriority.Batch, "hog"), FailureStage.Bulkhead, "no-place");
        Assert.Null((await Enter(gate, CallPriority.Batch, "good")).Failure);
    }

    [Fact]
    public async Task More_than_the_burst_waits_for_the_next_second()
    {
        var gate = _parts.Gate(new() { PerSecond = 2, Burst = 3 });
        var other = _parts.Gate(new() { PerSecond = 2, Burst = 3 }, "other-agency");
        for (var i = 0; i < 3; i++)
        {
            (await Enter(gate)).Dispose();
        }

        var refused = await Enter(gate);
        var elsewhere = await Enter(other);
        _parts.Clock.Advance(refused.RetryAfter!.Value);
        var passed = await Enter(gate);

        AssertRefused(refused, FailureStage.Bulkhead, "rate");
        Assert.Equal(TimeSpan.FromSeconds(0.5), refused.RetryAfter);
        Assert.Null(elsewhere.Failure);
        Assert.Null(passed.Failure);
    }

    [Fact]
    public async Task The_days_number_is_used_up_until_midnight_in_china()
    {
        var gate = _parts.Gate(new() { PerDay = 1, PerSecond = 5 });
        (await Enter(gate)).Dispose();

        var refused = await Enter(gate);

        AssertRefused(refused, FailureStage.Bulkhead, "day-used-up");
        Assert.Equal(TimeSpan.FromHours(15), refused.RetryAfter);
        Assert.Equal((0, 4), (gate.Use.InUse, gate.Use.Rate!.Left));
    }

    [Fact]
    public async Task What_cannot_be_counted_is_refused_and_consumes_nothing()
    {
        var gate = _parts.Gate(new() { PerDay = 10, PerSecond = 5 });
        _parts.CanCount = false;

        var refused = await Enter(gate);
        _parts.CanCount = true;
        var passed = await Enter(gate);

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

        AssertRefused(await Enter(counted), FailureStage.Bulkhead, "day-not-counted");
        Assert.Null((await Enter(free)).Failure);
    }

    [Fact]
    public async Task A_caller_that_goes_away_while_the_day_is_counted_leaves_nothing_taken()
    {
        var gate = _parts.Gate(new() { PerDay = 10, PerSecond = 5 });
        _parts.Counting = new TaskCompletionSource().Task;
        using var gone = new CancellationTokenSource();
        var entering = gate.Enter("hall", CallPriority.Live, gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(entering));
        Assert.Equal((0, 5), (gate.Use.InUse, gate.Use.Rate!.Left));
    }

    [Fact]
    public async Task Each_further_sending_under_a_place_counts()
    {
        var gate = _parts.Gate(new() { PerDay = 2 });
        using var place = await Enter(gate);

        var second = await place.CountAgain(Cancelled);
        var third = await place.CountAgain(Cancelled);

        Assert.Null(second);
        Assert.Equal("day-used-up", third?.Code);
        Assert.Equal(2, _parts.Taken("agency:test-agency"));
    }

    [Fact]
    public async Task A_place_is_given_back_once_however_often_it_is_disposed()
    {
        var gate = _parts.Gate(new() { Parallel = 2 });
        var first = await Enter(gate);
        using var second = await Enter(gate);

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

        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => Visit(i % 4 == 0))));

        Assert.InRange(most, 1, 8);
        Assert.InRange(mostBatches, 0, 2);
        Assert.Equal(0, gate.Use.InUse);

        async Task Visit(bool batch)
        {
            using var place = await gate.Enter("hall", batch ? CallPriority.Batch : CallPriority.Live, Cancelled);
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

        var unknown = await gates.Enter("nowhere", "hall", CallPriority.Live, Cancelled);
        var known = await gates.Enter("test-agency", "hall", CallPriority.Live, Cancelled);

        Assert.Equal("no-such-agency", unknown.Failure?.Code);
        Assert.Null(known.Failure);
    }

    private ValueTask<AgencyPlace> Enter(
        AgencyGate gate,
        CallPriority priority = CallPriority.Live,
        string caller = "hall"
    ) => gate.Enter(caller, priority, Cancelled);

    private static void AssertRefused(AgencyPlace place, FailureStage stage, string code) =>
        Assert.Equal(new AgencyFailure(stage, FailureSide.Gateway, code), place.Failure);

    private static void Raise(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            if (Interlocked.CompareExchange(ref most, now, seen) == seen)
            {
                return;
            }
        }
    }

    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
}
