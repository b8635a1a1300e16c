using System.Net;
using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.Http.Gates;

/// <summary>The gate as composed questions meet it.</summary>
public sealed class GatedCallerTests : IDisposable
{
    private static readonly AgencyOperation s_read = new("test-agency", "read", IsIdempotentRead: true);

    private readonly GateParts _parts = new(new FakeTimeProvider(DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000)));
    private int _sends;

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task A_question_to_an_agency_in_maintenance_is_not_sent_not_tried_again_and_opens_no_breaker()
    {
        var caller = _parts.Caller(new() { BreakMinimum = 2, Retries = 3 });
        _parts.Maintenance["test-agency"] = new("test-agency", _parts.Clock.GetUtcNow(), Until: null);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(FailureStage.Maintenance, FailureOf(await AskAsync(caller)).Stage);
        }

        _parts.Maintenance.Clear();

        Assert.IsType<AgencyAnswer<string>.Found>(await AskAsync(caller));
        Assert.Equal(1, _sends);
        Assert.Equal(AgencyCircuit.Closed, Assert.Single(_parts.Conditions.Current).Circuit);
    }

    [Fact]
    public async Task Retries_count_against_the_agencys_day()
    {
        var caller = _parts.Caller(
            new()
            {
                PerDay = 2,
                Retries = 3,
                RetryDelay = TimeSpan.Zero,
            }
        );

        var failure = FailureOf(await AskAsync(caller, HttpStatusCode.BadGateway));

        Assert.Equal(("http-502", 2), (failure.Code, _sends));
        Assert.Equal("day-used-up", FailureOf(await AskAsync(caller)).Code);
    }

    [Fact]
    public async Task A_question_of_another_caller_is_not_kept_waiting_by_a_caller_that_fills_the_agency()
    {
        var caller = _parts.Caller(new() { Parallel = 16, Waiting = 100 });
        var stuck = new TaskCompletionSource<string>();
        var hog = Enumerable.Range(0, 40).Select(_ => AskAsync(caller, of: "hog", send: () => stuck.Task)).ToList();

        var good = await AskAsync(caller, of: "good");

        Assert.IsType<AgencyAnswer<string>.Found>(good);
        Assert.DoesNotContain(hog, question => question.IsCompleted);
        stuck.SetResult("late");
        await Task.WhenAll(hog);
    }

    [Fact]
    public async Task Batches_are_turned_away_where_live_questions_still_pass()
    {
        var caller = _parts.Caller(new() { Parallel = 2, BatchShare = 0.5 });
        var stuck = new TaskCompletionSource<string>();
        var first = AskAsync(caller, priority: CallPriority.Batch, send: () => stuck.Task);

        var second = await AskAsync(caller, priority: CallPriority.Batch);
        var live = await AskAsync(caller);
        stuck.SetResult("late");

        Assert.Equal("no-place", FailureOf(second).Code);
        Assert.IsType<AgencyAnswer<string>.Found>(live);
        Assert.IsType<AgencyAnswer<string>.Found>(await first.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System));
    }

    [Fact]
    public async Task A_question_that_cannot_be_put_takes_nothing_of_the_day()
    {
        var caller = _parts.Caller(new() { PerDay = 1 });

        var answer = await caller.NotAskedAsync<string>(s_read, Request(CallPriority.Live), "holder-code");

        Assert.Equal((FailureStage.Question, "holder-code"), (FailureOf(answer).Stage, FailureOf(answer).Code));
        Assert.Equal(0, _parts.Taken("agency:test-agency"));
    }

    [Fact]
    public async Task Conditions_show_what_is_used_and_the_last_failure_that_says_something()
    {
        var caller = _parts.Caller(
            new()
            {
                Parallel = 8,
                PerSecond = 5,
                PerDay = 10,
                Retries = 0,
            }
        );
        var failedAt = _parts.Clock.GetUtcNow();
        await AskAsync(caller, HttpStatusCode.BadGateway);
        _parts.Clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(caller);
        _parts.Maintenance["test-agency"] = new("test-agency", failedAt, Until: null);
        await AskAsync(caller);

        var condition = Assert.Single(_parts.Conditions.Current);

        Assert.Equal((0, 8, 4), (condition.Use.InUse, condition.Use.Parallel, condition.Use.ForBatches));
        Assert.Equal(new RateUse(5, 5, 4), condition.Use.Rate);
        Assert.Equal(new DayUse(10, 8), condition.Use.Day);
        Assert.Equal((failedAt, "http-502"), (condition.LastFailure!.At, condition.LastFailure.Failure.Code));
    }

    [Fact]
    public void Failures_of_agencies_not_in_use_are_not_kept()
    {
        _ = _parts.Caller(new());

        _parts.Conditions.Note("nowhere", AgencyFailures.FromStatus(HttpStatusCode.BadGateway));

        Assert.Null(Assert.Single(_parts.Conditions.Current).LastFailure);
    }

    private Task<AgencyAnswer<string>> AskAsync(
        AgencyCaller caller,
        HttpStatusCode? status = null,
        CallPriority priority = CallPriority.Live,
        Func<Task<string>>? send = null,
        string of = "hall"
    ) =>
        caller.AskAsync<string, string>(
            s_read,
            Request(priority) with
            {
                Caller = of,
            },
            (_, token) =>
            {
                Interlocked.Increment(ref _sends);
                return status is { } failed ? throw new AgencyFaultException(AgencyFailures.FromStatus(failed))
                    : send is null ? Task.FromResult("facts")
                    : send().WaitAsync(token);
            },
            wire => wire,
            TestContext.Current.CancellationToken
        );

    private AgencyRequest Request(CallPriority priority) =>
        new("CASE-1", "0123", "hall", "test", _parts.Clock.GetUtcNow() + TimeSpan.FromSeconds(30), priority);

    private static AgencyFailure FailureOf(AgencyAnswer<string> answer) =>
        Assert.IsType<AgencyAnswer<string>.Unanswered>(answer).Failure;
}
