using System.Net;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Http.Gates;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Adapters.Tests.Http;

/// <summary>The rules of the pipeline, with a clock that the test moves.</summary>
public sealed class AgencyCallerTests : IDisposable
{
    private static readonly AgencyOperation s_read = new("test-agency", "read", IsIdempotentRead: true);
    private static readonly AgencyOperation s_write = new("test-agency", "write", IsIdempotentRead: false);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
    private readonly GateParts _parts;
    private int _sends;

    public AgencyCallerTests() => _parts = new GateParts(_clock);

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task An_idempotent_read_is_sent_again_after_a_transient_failure()
    {
        var answer = await AskAsync(Caller(), s_read, () => _sends == 1 ? throw Status(502) : Task.FromResult("facts"));

        Assert.Equal("facts", Assert.IsType<AgencyAnswer<string>.Found>(answer).Facts);
        Assert.Equal(2, _sends);
    }

    [Fact]
    public async Task What_is_no_idempotent_read_is_never_sent_again()
    {
        var answer = await AskAsync(Caller(), s_write, () => throw Status(502));

        Assert.Equal("http-502", FailureOf(answer).Code);
        Assert.Equal(1, _sends);
    }

    [Fact]
    public async Task Retries_end()
    {
        var answer = await AskAsync(
            Caller(new() { Retries = 2, RetryDelay = TimeSpan.Zero }),
            s_read,
            () => throw Status(502)
        );

        Assert.Equal("http-502", FailureOf(answer).Code);
        Assert.Equal(3, _sends);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    public async Task What_will_not_pass_by_itself_is_not_tried_again(int status)
    {
        await AskAsync(Caller(), s_read, () => throw Status(status));

        Assert.Equal(1, _sends);
    }

    [Fact]
    public async Task An_answer_that_says_no_such_record_is_not_tried_again()
    {
        var answer = await Caller()
            .AskAsync<string, string>(
                s_read,
                Request(),
                (_, _) => SentAsync(() => Task.FromResult("none")),
                _ => new Reading<string>.Unknown(),
                CancellationToken.None
            );

        Assert.IsType<AgencyAnswer<string>.Unknown>(answer);
        Assert.Equal(1, _sends);
    }

    [Fact]
    public async Task Nothing_is_sent_after_the_deadline()
    {
        var request = Request() with { Deadline = _clock.GetUtcNow() };

        var answer = await AskAsync(Caller(), s_read, () => Task.FromResult("facts"), request);

        Assert.Equal("deadline-passed", FailureOf(answer).Code);
        Assert.Equal(0, _sends);
    }

    [Fact]
    public async Task The_callers_deadline_ends_an_attempt_that_has_time_left()
    {
        var asked = AskAsync(Caller(), s_read, NeverAsync, Request(TimeSpan.FromSeconds(1)));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(FailureStage.TimeOut, FailureOf(await SoonAsync(asked)).Stage);
        Assert.Equal(1, _sends);
    }

    [Fact]
    public async Task No_attempt_starts_after_the_deadline_and_the_failure_is_that_of_the_last()
    {
        var limits = new AgencyLimits { Retries = 3, RetryDelay = TimeSpan.FromMilliseconds(900) };
        var asked = AskAsync(Caller(limits), s_read, () => throw Status(503), Request(TimeSpan.FromMilliseconds(1000)));

        for (var step = 0; step < 100 && !asked.IsCompleted; step++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        var answer = await SoonAsync(asked);
        Assert.Equal("http-503", FailureOf(answer).Code);
        Assert.True(_sends <= 2, "An attempt started after the deadline.");
    }

    [Fact]
    public async Task An_attempt_has_its_own_time_and_the_next_one_may_succeed()
    {
        var asked = AskAsync(Caller(), s_read, () => _sends == 1 ? NeverAsync() : Task.FromResult("facts"));

        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.IsType<AgencyAnswer<string>.Found>(await SoonAsync(asked));
        Assert.Equal(2, _sends);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_thrown()
    {
        using var gone = new CancellationTokenSource();
        var asked = Caller()
            .AskAsync<string, string>(
                s_read,
                Request(),
                (_, token) => SentAsync(() => HangAsync(token)),
                wire => wire,
                gone.Token
            );

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SoonAsync(asked));
    }

    [Fact]
    public async Task A_bug_of_ours_is_thrown() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            AskAsync(Caller(), s_read, () => throw new InvalidOperationException("bug"))
        );

    [Fact]
    public async Task The_breaker_opens_then_lets_one_through_then_closes()
    {
        var caller = Caller(
            new()
            {
                Retries = 0,
                BreakMinimum = 4,
                BreakTime = TimeSpan.FromSeconds(10),
            }
        );
        for (var i = 0; i < 4; i++)
        {
            await AskAsync(caller, s_read, () => throw Status(500));
        }

        var blocked = FailureOf(await AskAsync(caller, s_read, () => Task.FromResult("facts")));
        Assert.Equal((FailureStage.CircuitOpen, 4), (blocked.Stage, _sends));
        Assert.Equal(AgencyCircuit.Open, Assert.Single(_parts.Conditions.Current).Circuit);

        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.IsType<AgencyAnswer<string>.Found>(await AskAsync(caller, s_read, () => Task.FromResult("facts")));
        Assert.Equal(AgencyCircuit.Closed, Assert.Single(_parts.Conditions.Current).Circuit);
    }

    [Fact]
    public async Task A_half_open_breaker_that_meets_a_failure_opens_again()
    {
        var caller = Caller(new() { Retries = 0, BreakMinimum = 2 });
        for (var i = 0; i < 2; i++)
        {
            await AskAsync(caller, s_read, () => throw Status(500));
        }

        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("http-500", FailureOf(await AskAsync(caller, s_read, () => throw Status(500))).Code);
        Assert.Equal(
            FailureStage.CircuitOpen,
            FailureOf(await AskAsync(caller, s_read, () => Task.FromResult("facts"))).Stage
        );
    }

    [Fact]
    public async Task Answers_that_say_something_never_open_the_breaker()
    {
        var caller = Caller(new() { Retries = 0, BreakMinimum = 2 });
        for (var i = 0; i < 5; i++)
        {
            await AskAsync(caller, s_read, () => throw Status(404));
        }

        Assert.Equal(AgencyCircuit.Closed, Assert.Single(_parts.Conditions.Current).Circuit);
    }

    [Fact]
    public async Task A_slow_agency_fills_its_own_bulkhead_and_no_other()
    {
        var limits = new AgencyLimits { Parallel = 2, Waiting = 1 };
        var slow = Caller(limits);
        var other = _parts.Caller(limits, "other-agency");
        var stuck = Enumerable.Range(0, 3).Select(_ => AskAsync(slow, s_read, NeverAsync)).ToList();

        var turnedAway = FailureOf(await SoonAsync(AskAsync(slow, s_read, () => Task.FromResult("facts"))));
        var served = await SoonAsync(AskAsync(other, s_read, () => Task.FromResult("facts")));

        Assert.Equal((FailureStage.Bulkhead, FailureSide.Gateway), (turnedAway.Stage, turnedAway.Side));
        Assert.IsType<AgencyAnswer<string>.Found>(served);
        Assert.Equal(3, _sends);

        for (var step = 0; step < 20; step++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        var ended = await SoonAsync(Task.WhenAll(stuck));
        Assert.All(ended, answer => Assert.NotEqual(FailureStage.Connect, FailureOf(answer).Stage));
    }

    [Fact]
    public async Task Waiting_for_a_place_ends_with_the_deadline_as_a_bulkhead_failure()
    {
        var caller = Caller(new() { Parallel = 1, Waiting = 1 });
        var stuck = AskAsync(caller, s_write, NeverAsync);
        var waiting = AskAsync(caller, s_write, () => Task.FromResult("facts"), Request(TimeSpan.FromSeconds(1)));

        _clock.Advance(TimeSpan.FromSeconds(1));

        var failure = FailureOf(await SoonAsync(waiting));
        Assert.Equal((FailureStage.Bulkhead, "waited-too-long"), (failure.Stage, failure.Code));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await SoonAsync(stuck);
    }

    private AgencyCaller Caller(AgencyLimits? limits = null) =>
        _parts.Caller(limits ?? new AgencyLimits { RetryDelay = TimeSpan.Zero });

    private Task<AgencyAnswer<string>> AskAsync(
        AgencyCaller caller,
        AgencyOperation operation,
        Func<Task<string>> send,
        AgencyRequest? request = null
    ) =>
        caller.AskAsync<string, string>(
            operation,
            request ?? Request(),
            (_, token) => SentAsync(send).WaitAsync(token),
            wire => wire,
            CancellationToken.None
        );

    private Task<string> SentAsync(Func<Task<string>> send)
    {
        Interlocked.Increment(ref _sends);
        return send();
    }

    private AgencyRequest Request(TimeSpan? time = null) =>
        new("CASE-1", "0123", "hall", "test", _clock.GetUtcNow() + (time ?? TimeSpan.FromSeconds(30)));

    private static Task<string> NeverAsync() => new TaskCompletionSource<string>().Task;

    private static async Task<string> HangAsync(CancellationToken token)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        return string.Empty;
    }

    private static AgencyFaultException Status(int status) => new(AgencyFailures.FromStatus((HttpStatusCode)status));

    private static Task<T> SoonAsync<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

    private static AgencyFailure FailureOf(AgencyAnswer<string> answer) =>
        Assert.IsType<AgencyAnswer<string>.Unanswered>(answer).Failure;
}
