using Integration.Adapters.Http.Gates;
using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.Http.Gates;

/// <summary>Each limit of an agency's gate: under it passes, over it is refused, and what was taken is given back.</summary>
public sealed partial class AgencyGateTests : IDisposable
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

        var refused = await EnterAsync(gate);
        var elsewhere = await EnterAsync(other);
        _parts.Maintenance.Clear();
        var passed = await EnterAsync(gate);

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

        var refused = await EnterAsync(gate);

        AssertRefused(refused, FailureStage.Maintenance, "maintenance");
        Assert.Null(refused.RetryAfter);
    }

    [Fact]
    public async Task Maintenance_that_begins_while_a_request_waits_turns_it_away()
    {
        var gate = _parts.Gate(new() { Parallel = 1, Waiting = 1 });
        var held = await EnterAsync(gate);
        var waiting = gate.EnterAsync("hall", CallPriority.Live, Cancelled).AsTask();
        _parts.Maintenance["test-agency"] = new("test-agency", _parts.Clock.GetUtcNow(), Until: null);

        held.Dispose();

        AssertRefused(await SoonAsync(waiting), FailureStage.Maintenance, "maintenance");
        Assert.Equal(0, gate.Use.InUse);
    }

    [Fact]
    public async Task Live_requests_wait_for_a_place_and_one_more_than_may_wait_is_turned_away()
    {
        var gate = _parts.Gate(new() { Parallel = 1, Waiting = 1 });
        var held = await EnterAsync(gate);
        var waiting = gate.EnterAsync("hall", CallPriority.Live, Cancelled).AsTask();

        var refused = await EnterAsync(gate);
        Assert.Equal((1, 1), (gate.Use.InUse, gate.Use.Waiting));
        held.Dispose();
        using var passed = await SoonAsync(waiting);

        AssertRefused(refused, FailureStage.Bulkhead, "no-place");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.RetryAfter);
        Assert.Null(passed.Failure);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_a_question_may_take()
    {
        var gate = _parts.Gate(new() { Parallel = 1, Waiting = 1 });
        using var held = await EnterAsync(gate);
        var waiting = gate.EnterAsync("hall", CallPriority.Live, Cancelled).AsTask();

        _parts.Clock.Advance(new AgencyLimits().TotalTime);

        AssertRefused(await SoonAsync(waiting), FailureStage.Bulkhead, "waited-too-long");
        Assert.Equal(0, gate.Use.Waiting);
    }

    [Fact]
    public async Task A_caller_that_goes_away_while_waiting_leaves_no_place_taken()
    {
        var gate = _parts.Gate(new() { Parallel = 1, Waiting = 1 });
        var held = await EnterAsync(gate);
        using var gone = new CancellationTokenSource();
        var waiting = gate.EnterAsync("hall", CallPriority.Live, gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SoonAsync(waiting));
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
        using var first = await EnterAsync(gate, CallPriority.Batch);
        var second = await EnterAsync(gate, CallPriority.Batch);

        var third = await EnterAsync(gate, CallPriority.Batch);
        using var live = await EnterAsync(gate);
        second.Dispose();
        using var again = await EnterAsync(gate, CallPriority.Batch);

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
            held.Enqueue(await EnterAsync(gate, CallPriority.Batch));
            held.Enqueue(await EnterAsync(gate));
        }

        var live = Enumerable
            .Range(0, 10)
            .Select(_ => gate.EnterAsync("hall", CallPriority.Live, Cancelled).AsTask())
            .ToList();
        var batchesServed = 0;
        foreach (var waiting in live)
        {
            batchesServed += (await EnterAsync(gate, CallPriority.Batch)).Failure is null ? 1 : 0;
            held.Dequeue().Dispose();
            batchesServed += (await EnterAsync(gate, CallPriority.Batch)).Failure is null ? 1 : 0;
            held.Enqueue(await SoonAsync(waiting));
        }

        Assert.Equal(0, batchesServed);
        Assert.All(held, place => Assert.Null(place.Failure));
        foreach (var place in held)
        {
            place.Dispose();
        }

        Assert.Null((await EnterAsync(gate, CallPriority.Batch)).Failure);
    }

    [Fact]
    public async Task A_caller_that_takes_all_it_can_leaves_a_place_to_a_newcomer()
    {
        var gate = _parts.Gate(new() { Parallel = 16, Waiting = 100 });
        var hog = Enumerable.Range(0, 50).Select(_ => EnterAsync(gate, caller: "hog").AsTask()).ToList();

        using var first = await SoonAsync(EnterAsync(gate, caller: "new").AsTask());
        using var second = await SoonAsync(EnterAsync(gate, caller: "new").AsTask());

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
        waiting.AddRange(
            Enumerable.Range(0, 5 * places).Select(_ => ("hog", EnterAsync(gate, caller: "hog").AsTask()))
        );
        waiting.AddRange(
            Enumerable.Range(0, 5 * places).Select(_ => ("good", EnterAsync(gate, caller: "good").AsTask()))
        );
        await ArriveAsync();
        Assert.InRange(held["hog"], places - (places / 8), places);

        for (var freed = 0; freed < 3 * places; freed++)
        {
            var (caller, place) = inside.Dequeue();
            held[caller]--;
            place.Dispose();
            await ArriveAsync();
        }

        Assert.InRange(held["hog"] + held["good"], places - (places / 8), places);
        Assert.InRange(held["good"], held["hog"] - 1, held["hog"] + 1);

        async Task ArriveAsync()
        {
            while (inside.Count < gate.Use.InUse)
            {
                await SoonAsync(Task.WhenAny(waiting.Select(one => one.Place)));
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
        var held = await EnterAsync(gate, caller: "hog");
        var hog = Enumerable.Range(0, 3).Select(_ => EnterAsync(gate, caller: "hog").AsTask()).ToList();

        var more = await EnterAsync(gate, caller: "hog");
        var good = EnterAsync(gate, caller: "good").AsTask();

        AssertRefused(more, FailureStage.Bulkhead, "no-place");
        AssertRefused(await SoonAsync(hog[2]), FailureStage.Bulkhead, "no-place");
        Assert.Equal((1, 3), (gate.Use.InUse, gate.Use.Waiting));
        held.Dispose();
        var passed = await SoonAsync(good);
        Assert.Null(passed.Failure);
        Assert.False(hog[0].IsCompleted);
        passed.Dispose();
        Assert.Null((await SoonAsync(hog[0])).Failure);
    }

    [Fact]
    public async Task Of_the_places_of_batches_too_one_is_left_to_another_caller()
    {
        var gate = _parts.Gate(new() { Parallel = 8, BatchShare = 0.5 });
        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await EnterAsync(gate, CallPriority.Batch, "hog")).Failure);
        }

        AssertRefused(await EnterAsync(gate, CallPriority.Batch, "hog"), FailureStage.Bulkhead, "no-place");
        Assert.Null((await EnterAsync(gate, CallPriority.Batch, "good")).Failure);
    }

    private ValueTask<AgencyPlace> EnterAsync(
        AgencyGate gate,
        CallPriority priority = CallPriority.Live,
        string caller = "hall"
    ) => gate.EnterAsync(caller, priority, Cancelled);

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

    private static Task<T> SoonAsync<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
}
