using System.Diagnostics;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Tests.Evidence;
using Integration.Testing.Databases;

namespace Integration.Gateway.Tests.Timers;

public sealed class SqliteDurableTimerTests : DurableTimerTests<SqliteTestDatabase>;

public sealed class PostgresDurableTimerTests : DurableTimerTests<PostgresTestDatabase>;

/// <summary>What timers promise, on every engine.</summary>
public abstract class DurableTimerTests<TDatabase> : TimerEngineTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Fact]
    public async Task A_timer_fires_when_it_is_due_and_ends()
    {
        var watch = Stopwatch.StartNew();
        await SetAsync("a", TimeSpan.FromSeconds(2));

        await FiredAsync("a");
        Assert.InRange(watch.Elapsed.TotalSeconds, 1.5, 10);
        await GoneAsync("a");
        Assert.Single(Handler.Fired);
    }

    [Fact]
    public async Task A_timer_set_with_evidence_fires()
    {
        var result = await Host.Evidence.SealAsync(
            EvidenceLogTests<TDatabase>.Drafts(1),
            db => DurableTimer.Set(db, Handler.Kind, "sealed", Now),
            TestContext.Current.CancellationToken
        );

        Assert.True(result.Succeeded(out _, out _));
        await FiredAsync("sealed");
    }

    [Fact]
    public async Task A_timer_fires_only_if_its_transaction_was_committed()
    {
        await SetWithinAsync("undone", Now, transaction => transaction.RollbackAsync());
        await SetWithinAsync("kept", Now, transaction => transaction.CommitAsync());
        await FiredAsync("kept");
        await SetAsync("later", TimeSpan.FromSeconds(1));
        await FiredAsync("later");
        Assert.DoesNotContain("undone", Handler.Fired);
    }

    [Fact]
    public async Task A_timer_that_was_cancelled_does_not_fire()
    {
        await SetAsync("cancelled", TimeSpan.FromSeconds(1));
        await SetToAsync("cancelled", dueAt: null);
        await SetToAsync("never-set", dueAt: null);

        await SetAsync("later", TimeSpan.FromSeconds(2));
        await FiredAsync("later");
        Assert.DoesNotContain("cancelled", Handler.Fired);
    }

    [Fact]
    public async Task A_timer_that_was_moved_fires_at_the_new_time_only()
    {
        await SetAsync("moved", TimeSpan.FromSeconds(1));
        await SetAsync("moved", TimeSpan.FromSeconds(4));
        var watch = Stopwatch.StartNew();

        await FiredAsync("moved");
        Assert.InRange(watch.Elapsed.TotalSeconds, 2.5, 10);
        Assert.Single(Handler.Fired);
    }

    [Fact]
    public async Task A_handler_that_says_when_its_timer_is_due_next_runs_again_then()
    {
        var watch = Stopwatch.StartNew();
        Handler.Then = _ => Task.FromResult<DateTimeOffset?>(Handler.Fired.Count < 3 ? Now.AddSeconds(1) : null);
        await SetAsync("again", TimeSpan.Zero);

        await UntilAsync(() => Handler.Fired.Count == 3);
        Assert.InRange(watch.Elapsed.TotalSeconds, 1.9, 20);
        await GoneAsync("again");
        Assert.Equal(3, Handler.Fired.Count);
    }

    [Fact]
    public async Task A_handler_whose_timer_is_due_next_at_the_very_moment_for_which_it_fired_runs_again()
    {
        var due = Now;
        Handler.Then = _ => Task.FromResult<DateTimeOffset?>(Handler.Fired.Count < 3 ? due : null);
        await SetToAsync("same", due);

        await UntilAsync(() => Handler.Fired.Count == 3);
        await GoneAsync("same");
    }

    [Fact]
    public async Task A_handler_that_moves_its_own_timer_runs_again()
    {
        Handler.Then = async key =>
        {
            if (Handler.Fired.Count == 1)
            {
                await SetAsync(key, TimeSpan.FromSeconds(1));
            }

            return null;
        };
        await SetAsync("again", TimeSpan.Zero);

        await UntilAsync(() => Handler.Fired.Count == 2);
        await GoneAsync("again");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_transaction_sets_while_the_handler_runs_holds_over_what_the_handler_returns(bool hasNext)
    {
        var due = Now;
        Handler.Then = async key =>
        {
            if (Handler.Fired.Count > 1)
            {
                return null;
            }

            await SetToAsync(key, due); // not even another time
            return hasNext ? Now.AddHours(1) : null;
        };
        await SetToAsync("set", due);

        await UntilAsync(() => Handler.Fired.Count == 2);
        await GoneAsync("set");
    }

    [Fact]
    public async Task A_timer_that_is_unset_while_its_handler_runs_does_not_come_back()
    {
        Handler.Then = async key =>
        {
            await SetToAsync(key, dueAt: null);
            return Now;
        };
        await SetAsync("unset", TimeSpan.Zero);

        await FiredAsync("unset");
        await GoneAsync("unset");
        await SetAsync("later", TimeSpan.FromSeconds(1));
        await FiredAsync("later");
        Assert.Single(Handler.Fired, "unset");
    }

    [Fact]
    public async Task A_timer_that_is_due_again_while_its_handler_runs_waits_for_it()
    {
        var (running, most) = (0, 0);
        var end = new TaskCompletionSource();
        Handler.Then = async key =>
        {
            if (key == "marker")
            {
                return null;
            }

            most = Math.Max(most, Interlocked.Increment(ref running));
            if (key == "long")
            {
                await end.Task;
            }

            Interlocked.Decrement(ref running);
            return null;
        };
        await SetAsync("long", TimeSpan.Zero);
        await FiredAsync("long");
        await SetAsync("long", TimeSpan.Zero);
        await SetAsync("marker", TimeSpan.Zero);
        await FiredAsync("marker"); // due later, so it has been looked at
        await GoneAsync("marker");
        end.SetResult();

        await UntilAsync(() => Handler.Fired.Count(key => key == "long") == 2);
        await GoneAsync("long");
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_handler_that_fails_is_tried_again()
    {
        Handler.Then = _ =>
            Handler.Fired.Count == 1 ? throw new InvalidTimeZoneException() : Task.FromResult<DateTimeOffset?>(null);
        await SetAsync("flaky", TimeSpan.Zero);

        await UntilAsync(() => Handler.Fired.Count == 2);
        await GoneAsync("flaky");
    }

    [Fact]
    public async Task A_timer_survives_a_restart()
    {
        await SetAsync("survivor", TimeSpan.FromSeconds(2));
        await Host.DisposeAsync();
        Assert.Empty(Handler.Fired);

        Host = await StartAsync();

        await FiredAsync("survivor");
        await GoneAsync("survivor");
    }

    [Fact]
    public async Task A_handler_that_is_interrupted_by_a_stop_runs_again_at_once_after_the_start()
    {
        Handler.Then = async _ =>
        {
            if (Handler.Fired.Count == 1)
            {
                await Task.Delay(TimeSpan.FromMinutes(5), TimeProvider.System, Handler.Stopping);
            }

            return null;
        };
        await SetAsync("stopped", TimeSpan.Zero);
        await FiredAsync("stopped");
        await Host.DisposeAsync();

        Host = await StartAsync();
        var watch = Stopwatch.StartNew();
        await UntilAsync(() => Handler.Fired.Count == 2);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimerClaims.Lease);
        await GoneAsync("stopped");
    }
}
