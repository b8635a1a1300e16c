using System.Diagnostics;
using Integration.Gateway.Platform.Timers;
using Integration.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Tests.Timers;

/// <summary>Several nodes on one PostgreSQL: each timer runs on one of them.</summary>
public sealed class TimerClaimTests : TimerEngineTests<PostgresTestDatabase>
{
    [Fact]
    public async Task Of_two_nodes_one_runs_the_handler()
    {
        await using var other = await StartAsync();
        await SetAsync("shared", TimeSpan.FromSeconds(1));

        await FiredAsync("shared");
        await GoneAsync("shared");
        Assert.Single(Handler.Fired, "shared");
    }

    [Fact]
    public async Task Of_many_timers_each_runs_once_on_one_of_three_nodes()
    {
        await using var second = await StartAsync();
        await using var third = await StartAsync();
        var due = Now.AddSeconds(1);
        await using (var db = Host.Db())
        {
            db.AddRange(Enumerable.Range(0, 500).Select(i => DurableTimer.RowOf(Handler.Kind, $"many-{i}", due)));
            await db.SaveChangesAsync();
        }

        await UntilAsync(() => Handler.Fired.Count >= 500);
        await UntilAsync(() => Rows().Count == 0);
        Assert.Equal(500, Handler.Fired.Count);
        Assert.Equal(500, Handler.Fired.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task What_a_node_held_when_it_died_is_taken_over_when_its_claim_has_run_out()
    {
        await SetToAsync("held", Now.AddMinutes(1));
        var watch = Stopwatch.StartNew();
        await using (var db = Host.Db())
        {
            var (due, until) = (Now, Now + TimerClaims.Lease);
            await db.Set<TimerRow>()
                .ExecuteUpdateAsync(row =>
                    row.SetProperty(timer => timer.DueAt, due)
                        .SetProperty(timer => timer.ClaimedBy, "node_dead")
                        .SetProperty(timer => timer.ClaimedUntil, until)
                );
        }

        await FiredAsync("held");
        Assert.InRange(watch.Elapsed.TotalSeconds, TimerClaims.Lease.TotalSeconds - 0.5, 10);
        await GoneAsync("held");
    }

    [Fact]
    public async Task A_handler_that_runs_longer_than_a_claim_lasts_keeps_it_and_is_not_run_by_another_node()
    {
        await using var other = await StartAsync();
        Handler.Then = async _ =>
        {
            await Task.Delay(1.5 * TimerClaims.Lease, TimeProvider.System, TestContext.Current.CancellationToken);
            return null;
        };
        await SetAsync("long", TimeSpan.Zero);

        await FiredAsync("long");
        await GoneAsync("long");
        Assert.Single(Handler.Fired);
    }

    [Fact]
    public async Task A_row_that_a_transaction_holds_is_passed_over_and_stops_no_other_timer()
    {
        await SetAsync("locked", TimeSpan.FromMinutes(1));
        await SetWithinAsync(
            "locked",
            Now,
            async transaction =>
            {
                await SetAsync("free", TimeSpan.Zero);
                await FiredAsync("free");
                await transaction.CommitAsync();
            }
        );
        await FiredAsync("locked");
    }

    private List<TimerRow> Rows()
    {
        using var db = Host.Db();
        return [.. db.Set<TimerRow>().AsNoTracking()];
    }
}
