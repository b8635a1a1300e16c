using Integration.Contracts.V1.Cases;
using Integration.FlowTests.Clocks;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Storage;
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
        await using var cases = await CaseHost.Start(Engine);
        var caseId = await cases.Accepted();
        cases.MoveTo("2026-11-25T11:21:00+08:00"); // 14 h 21 min of 20 h 30 min are 70 %
        await cases.Soon("the warning", () => cases.Told(caseId), told => told.Contains("clock yellow"));

        await cases.Host.Restart();
        cases.MoveTo("2026-11-25T17:30:00+08:00");
        await cases.Soon("overdue", () => cases.Told(caseId), told => told.Contains("clock red"));
        await Again(cases, caseId);

        Assert.Equal(["clock yellow", "clock red"], await cases.Told(caseId));
        Assert.Null(await cases.Timer(caseId));
    }

    [Fact]
    public async Task Nodes_that_look_at_the_same_moment_tell_once()
    {
        await using var cases = await CaseHost.Start(Engine);
        var caseId = await cases.Accepted();
        cases.Clock.SetUtcNow(CaseHost.Time("2026-11-25T12:00:00+08:00"));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Again(cases, caseId)));

        Assert.Equal(["clock yellow"], await cases.Told(caseId));
    }

    [Fact]
    public async Task Three_yellows_in_a_row_are_red_for_the_team_once()
    {
        await using var cases = await CaseHost.Start(Engine);
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await cases.Accepted());
        }

        cases.MoveTo("2026-11-25T11:21:00+08:00");
        var told = await cases.Soon("the team is told", () => All(cases, ids), all => all.Contains("team red"));

        Assert.Equal(3, told.Count(entry => entry == "clock yellow"));
        await using var db = cases.Db();
        Assert.Equal(0, (await db.Set<TeamRow>().SingleAsync()).Yellows);
        Assert.Single(await All(cases, ids), entry => entry == "team red");
    }

    [Fact]
    public async Task A_clock_that_ends_on_plan_keeps_the_team_out_of_it()
    {
        await using var cases = await CaseHost.Start(Engine);
        var ids = new List<string> { await cases.Accepted(), await cases.Accepted() };
        cases.MoveTo("2026-11-25T11:21:00+08:00");
        await cases.Soon("two yellows", () => All(cases, ids), all => all.Count(entry => entry == "clock yellow") == 2);
        var quick = await cases.Accepted();
        await cases.Host.Hall.Api.ReachMilestone(quick, new MilestoneRequest { Milestone = "connected" });

        await using var db = cases.Db();
        Assert.Equal(0, (await db.Set<TeamRow>().SingleAsync()).Yellows);
    }

    [Fact]
    public async Task A_missing_year_makes_the_timer_fail_and_is_said_never_nothing_due()
    {
        await using var cases = await CaseHost.Start(Engine, "2026-12-30T09:00:00+08:00");
        var caseId = await cases.Accepted(); // due in 2027
        var clock = await cases.Clocks(caseId, "company");
        Assert.Contains("2027", clock.Note, StringComparison.Ordinal);
        Assert.Null(clock.Colour);

        var timer = await cases.Soon(
            "the timer fails",
            () =>
            {
                cases.Clock.Advance(TimeSpan.FromSeconds(20));
                return cases.Timer(caseId);
            },
            row => row is { Failures: > 0 }
        );
        Assert.Equal(nameof(ClockNotReadException), timer!.LastFailure);
    }

    [Fact]
    public async Task A_clock_that_could_not_be_read_goes_on_after_the_year_is_loaded()
    {
        await using var cases = await CaseHost.Start(Engine, "2026-12-30T09:00:00+08:00");
        var caseId = await cases.Accepted(); // due in 2027
        var failed = await cases.Soon(
            "the timer fails",
            () =>
            {
                cases.Clock.Advance(TimeSpan.FromSeconds(20));
                return cases.Timer(caseId);
            },
            row => row is { Failures: > 0 }
        );

        await cases.Host.As("ops").Api.LoadCalendar(2027, Announcement.Of(2027));
        var loaded = cases.Clock.GetUtcNow();
        var timer = await cases.Soon("the clock is read", () => cases.Timer(caseId), row => row is { Failures: 0 });

        Assert.True(cases.Clock.GetUtcNow() < failed!.DueAt, "It waited for its hourly repetition.");
        Assert.True(loaded < failed.DueAt);
        Assert.Equal(CaseHost.Time("2027-01-04T09:21:00+08:00"), timer!.DueAt); // 14 h 21 min of 20 h 30 min are 70 %
        Assert.Equal(CaseHost.Time("2027-01-04T17:30:00+08:00"), (await cases.Clocks(caseId, "company")).DueAt);
    }

    [Fact]
    public async Task A_case_that_cannot_be_read_makes_the_timer_throw()
    {
        await using var cases = await CaseHost.Start(Engine);
        var caseId = await cases.Accepted();
        await cases.Alter(caseId, _ => "{");
        await Assert.ThrowsAnyAsync<Exception>(() => Again(cases, caseId));
    }

    [Fact]
    public async Task A_timer_that_is_gone_is_set_again_at_the_next_start()
    {
        await using var cases = await CaseHost.Start(Engine);
        var caseId = await cases.Accepted();
        var before = (await cases.Timer(caseId))!.DueAt;
        await using (var db = cases.Db())
        {
            await db.Set<TimerRow>().Where(row => row.Kind == ClockWatch.TimerKind).ExecuteDeleteAsync();
        }

        await cases.Host.Restart();

        var timer = await cases.Soon("the sweep", () => cases.Timer(caseId), row => row is not null);
        Assert.Equal(before, timer!.DueAt);
    }

    [Fact]
    public async Task An_altered_time_is_flagged_on_record_when_the_case_is_shown_and_told_once()
    {
        await using var cases = await CaseHost.Start(Engine);
        var caseId = await cases.Accepted();
        await cases.Alter(
            caseId,
            file => file.Replace("2026-11-23T01:00:00", "2026-11-23T03:00:00", StringComparison.Ordinal)
        );

        var shown = await cases.Host.Hall.Api.GetCase(caseId);
        var count = shown.Flags.Count(flag => flag.Flag == "altered-time");

        Assert.True(count > 0);
        var again = await cases.Host.Hall.Api.GetCase(caseId);
        Assert.Equal(count, again.Flags.Count(flag => flag.Flag == "altered-time"));
        Assert.Equal(count, again.Timeline.Count(entry => entry.Outcome == "altered-time"));
    }

    [Fact]
    public async Task The_daily_sweep_finds_an_altered_time_that_nobody_looked_at()
    {
        await using var cases = await CaseHost.Start(Engine);
        var caseId = await cases.Accepted();
        await cases.Alter(
            caseId,
            file => file.Replace("2026-11-23T01:00:00", "2026-11-23T03:00:00", StringComparison.Ordinal)
        );
        cases.MoveTo("2026-11-24T09:00:00+08:00");

        await cases.Soon("the sweep", () => cases.Flags(caseId), flags => flags.Contains("altered-time"));
    }

    private static Task Again(CaseHost cases, string caseId) =>
        cases
            .Host.Services.GetServices<ITimerHandler>()
            .Single(handler => handler.Kind == ClockWatch.TimerKind)
            .Handle(CaseRow.KeyOf("hall", caseId), CancellationToken.None);

    private static async Task<IReadOnlyList<string>> All(CaseHost cases, IEnumerable<string> ids)
    {
        var told = new List<string>();
        foreach (var id in ids)
        {
            told.AddRange(await cases.Told(id));
        }

        return told;
    }
}
