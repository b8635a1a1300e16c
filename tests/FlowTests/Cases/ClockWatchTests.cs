using Integration.Contracts.V1.Cases;
using Integration.FlowTests.Clocks;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Deadlines;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Cases;

public sealed class SqliteClockWatchTests : ClockWatchTests
{
    protected override Engine Engine => Engine.Sqlite;
}

public sealed class PostgresClockWatchTests : ClockWatchTests
{
    protected override Engine Engine => Engine.PostgreSql;
}

/// <summary>What timers do with clocks: told once, never silent, inspected.</summary>
public abstract class ClockWatchTests
{
    protected abstract Engine Engine { get; }

    [Fact]
    public async Task Warning_and_overdue_are_told_once_each_also_over_a_restart()
    {
        await using var cases = await CaseDriver.StartAsync(Engine);
        var caseId = await cases.AcceptedAsync();
        cases.MoveTo("2026-11-25T11:21:00+08:00"); // 14 h 21 min of 20 h 30 min are 70 %
        await cases.SoonAsync("the warning", () => cases.ToldAsync(caseId), told => told.Contains("clock yellow"));

        await cases.Host.RestartAsync();
        cases.MoveTo("2026-11-25T17:30:00+08:00");
        await cases.SoonAsync("overdue", () => cases.ToldAsync(caseId), told => told.Contains("clock red"));
        await AgainAsync(cases, caseId);

        Assert.Equal(["clock yellow", "clock red"], await cases.ToldAsync(caseId));
        Assert.Null(await cases.TimerAsync(caseId));
    }

    [Fact]
    public async Task Nodes_that_look_at_the_same_moment_tell_once()
    {
        await using var cases = await CaseDriver.StartAsync(Engine);
        var caseId = await cases.AcceptedAsync();
        cases.Clock.SetUtcNow(CaseDriver.Time("2026-11-25T12:00:00+08:00"));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AgainAsync(cases, caseId)));

        Assert.Equal(["clock yellow"], await cases.ToldAsync(caseId));
    }

    [Fact]
    public async Task Three_yellows_in_a_row_are_red_for_the_team_once()
    {
        await using var cases = await CaseDriver.StartAsync(Engine);
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await cases.AcceptedAsync());
        }

        cases.MoveTo("2026-11-25T11:21:00+08:00");
        await cases.SoonAsync("the team is told", () => AllAsync(cases, ids), all => all.Contains("team red"));

        var told = await AllAsync(cases, ids); // the wait reads one case after another while they change
        Assert.Equal(3, told.Count(entry => entry == "clock yellow"));
        await using var db = cases.Db();
        Assert.Equal(0, (await db.Set<TeamRow>().SingleAsync()).Yellows);
        Assert.Single(await AllAsync(cases, ids), entry => entry == "team red");
    }

    [Fact]
    public async Task A_clock_that_ends_on_plan_keeps_the_team_out_of_it()
    {
        await using var cases = await CaseDriver.StartAsync(Engine);
        var ids = new List<string> { await cases.AcceptedAsync(), await cases.AcceptedAsync() };
        cases.MoveTo("2026-11-25T11:21:00+08:00");
        await cases.SoonAsync(
            "two yellows",
            () => AllAsync(cases, ids),
            all => all.Count(entry => entry == "clock yellow") == 2
        );
        var quick = await cases.AcceptedAsync();
        await cases.Host.Hall.Api.ReachMilestoneAsync(quick, new MilestoneRequest { Milestone = "connected" });

        await using var db = cases.Db();
        Assert.Equal(0, (await db.Set<TeamRow>().SingleAsync()).Yellows);
    }

    [Fact]
    public async Task A_missing_year_makes_the_timer_fail_and_is_said_never_nothing_due()
    {
        await using var cases = await CaseDriver.StartAsync(Engine, "2026-12-30T09:00:00+08:00");
        var caseId = await cases.AcceptedAsync(); // due in 2027
        var clock = await cases.ClocksAsync(caseId, "company");
        Assert.Contains("2027", clock.Note, StringComparison.Ordinal);
        Assert.Null(clock.Colour);

        var timer = await cases.SoonAsync(
            "the timer fails",
            () =>
            {
                cases.Clock.Advance(TimeSpan.FromSeconds(20));
                return cases.TimerAsync(caseId);
            },
            row => row is { Failures: > 0 }
        );
        Assert.Equal(nameof(ClockNotReadException), timer!.LastFailure);
    }

    [Fact]
    public async Task A_clock_that_could_not_be_read_goes_on_after_the_year_is_loaded()
    {
        await using var cases = await CaseDriver.StartAsync(Engine, "2026-12-30T09:00:00+08:00");
        var caseId = await cases.AcceptedAsync(); // due in 2027
        var failed = await cases.SoonAsync(
            "the timer fails",
            () =>
            {
                cases.Clock.Advance(TimeSpan.FromSeconds(20));
                return cases.TimerAsync(caseId);
            },
            row => row is { Failures: > 0 }
        );

        await cases.Host.As("ops").Api.LoadCalendarAsync(2027, Announcement.Of(2027));
        var loaded = cases.Clock.GetUtcNow();
        var timer = await cases.SoonAsync(
            "the clock is read",
            () => cases.TimerAsync(caseId),
            row => row is { Failures: 0 }
        );

        Assert.True(cases.Clock.GetUtcNow() < failed!.DueAt, "It waited for its hourly repetition.");
        Assert.True(loaded < failed.DueAt);
        Assert.Equal(CaseDriver.Time("2027-01-04T09:21:00+08:00"), timer!.DueAt); // 14 h 21 min of 20 h 30 min are 70 %
        Assert.Equal(CaseDriver.Time("2027-01-04T17:30:00+08:00"), (await cases.ClocksAsync(caseId, "company")).DueAt);
    }

    [Fact]
    public async Task A_case_that_cannot_be_read_makes_the_timer_throw()
    {
        await using var cases = await CaseDriver.StartAsync(Engine);
        var caseId = await cases.AcceptedAsync();
        await cases.AlterAsync(caseId, _ => "{");
        await Assert.ThrowsAnyAsync<Exception>(() => AgainAsync(cases, caseId));
    }

    [Fact]
    public async Task A_timer_that_is_gone_is_set_again_at_the_next_start()
    {
        await using var cases = await CaseDriver.StartAsync(Engine);
        var caseId = await cases.AcceptedAsync();
        var before = (await cases.TimerAsync(caseId))!.DueAt;
        await using (var db = cases.Db())
        {
            await db.Set<TimerRow>().Where(row => row.Kind == CaseDeadlineTimer.TimerKind).ExecuteDeleteAsync();
        }

        await cases.Host.RestartAsync();

        var timer = await cases.SoonAsync("the sweep", () => cases.TimerAsync(caseId), row => row is not null);
        Assert.Equal(before, timer!.DueAt);
    }

    [Fact]
    public async Task An_altered_time_is_flagged_on_record_when_the_case_is_shown_and_told_once()
    {
        await using var cases = await CaseDriver.StartAsync(Engine);
        var caseId = await cases.AcceptedAsync();
        await cases.AlterAsync(
            caseId,
            file => file.Replace("2026-11-23T01:00:00", "2026-11-23T03:00:00", StringComparison.Ordinal)
        );

        var shown = await cases.Host.Hall.Api.GetCaseAsync(caseId);
        var count = shown.Flags.Count(flag => flag.Flag == "altered-time");

        Assert.True(count > 0);
        var again = await cases.Host.Hall.Api.GetCaseAsync(caseId);
        Assert.Equal(count, again.Flags.Count(flag => flag.Flag == "altered-time"));
        Assert.Equal(count, again.Timeline.Count(entry => entry.Outcome == "altered-time"));
    }

    [Fact]
    public async Task The_daily_sweep_finds_an_altered_time_that_nobody_looked_at()
    {
        await using var cases = await CaseDriver.StartAsync(Engine);
        var caseId = await cases.AcceptedAsync();
        await cases.AlterAsync(
            caseId,
            file => file.Replace("2026-11-23T01:00:00", "2026-11-23T03:00:00", StringComparison.Ordinal)
        );
        cases.MoveTo("2026-11-24T09:00:00+08:00");

        await cases.SoonAsync("the sweep", () => cases.FlagsAsync(caseId), flags => flags.Contains("altered-time"));
    }

    private static Task AgainAsync(CaseDriver cases, string caseId) =>
        cases
            .Host.Services.GetServices<ITimerHandler>()
            .Single(handler => handler.Kind == CaseDeadlineTimer.TimerKind)
            .HandleAsync(
                new TimerCall(CaseRow.KeyOf("hall", caseId), cases.Host.Time.GetUtcNow()),
                CancellationToken.None
            );

    private static async Task<IReadOnlyList<string>> AllAsync(CaseDriver cases, IEnumerable<string> ids)
    {
        var told = new List<string>();
        foreach (var id in ids)
        {
            told.AddRange(await cases.ToldAsync(id));
        }

        return told;
    }
}
