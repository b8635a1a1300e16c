using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Cases.Deadlines;
using Integration.Testing;

namespace Integration.FlowTests.JointApplications;

public sealed class SqliteJointWatchTests : JointWatchTests
{
    protected override Engine Engine => Engine.Sqlite;
}

public sealed class PostgresJointWatchTests : JointWatchTests
{
    protected override Engine Engine => Engine.PostgreSql;
}

/// <summary>What timers do with the clocks of joint applications: told once, never silent.</summary>
public abstract class JointWatchTests
{
    protected abstract Engine Engine { get; }

    [Fact]
    public async Task A_reminder_and_an_escalation_are_told_once_each_also_over_a_restart()
    {
        await using var joint = await JointDeadlineDriver.StartAsync(Engine);
        joint.MoveTo("2026-11-24T11:27:00+08:00"); // 567 of 810 minutes to accept are 70 %
        await joint.SoonAsync("the reminder", joint.ToldAsync, told => told.Contains("network reminder"));
        Assert.Equal(ClockColour.Yellow, (await joint.LegAsync()).Clocks[0].Colour);

        await joint.Host.RestartAsync();
        joint.MoveTo("2026-11-24T17:30:00+08:00");
        await joint.SoonAsync("the escalation", joint.ToldAsync, told => told.Contains("network escalation"));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => joint.AgainAsync()));

        Assert.Equal(["network reminder", "network escalation"], await joint.ToldAsync());
        Assert.Equal(ClockColour.Red, (await joint.LegAsync()).Clocks[0].Colour);
        Assert.NotNull(await joint.TimerAsync()); // the whole still runs
    }

    [Fact]
    public async Task The_hall_is_told_of_everything_and_the_provider_of_its_own_clocks()
    {
        var folder = Directory.CreateTempSubdirectory("joint-test-").FullName;
        var secret = Path.Combine(folder, "hook.secret");
        await File.WriteAllTextAsync(secret, $"whsec_{Convert.ToBase64String(new byte[32])}");
        var settings = new Dictionary<string, string?>();
        foreach (var (place, client) in new[] { "hall", "network", "water" }.Index())
        {
            settings[$"Gateway:Notices:Subscribers:{place}:Name"] = $"{client}-desk";
            settings[$"Gateway:Notices:Subscribers:{place}:Client"] = client;
            settings[$"Gateway:Notices:Subscribers:{place}:Address"] = "http://127.0.0.1:9/nobody-listens";
            settings[$"Gateway:Notices:Subscribers:{place}:Secret"] = $"file:{secret}";
        }

        await using (var joint = await JointDeadlineDriver.StartAsync(Engine, settings: settings))
        {
            joint.MoveTo("2026-11-24T11:27:00+08:00");
            await joint.SoonAsync("the reminder", joint.NoticesAsync, notices => notices.Count == 2);
            joint.MoveTo("2026-11-24T17:30:00+08:00");
            await joint.SoonAsync("the escalation", joint.NoticesAsync, notices => notices.Count == 4);
            await joint.ReportAsync("returned", "plan");
            await joint.Host.Hall.Api.ResendLegAsync(joint.Joint.JointApplicationId, "network", new LegResendRequest());
            joint.Clock.Advance(TimeSpan.FromSeconds(1));
            await joint.ReportAsync("connected");

            Assert.Equal(
                [
                    "hall joint.reminder",
                    "network joint.reminder",
                    "hall joint.escalation",
                    "network joint.escalation",
                    "hall joint.returned",
                    "hall joint.leg-changed", // sent again
                    "hall joint.leg-changed",
                    "hall joint.connected",
                    "hall joint.inspected",
                ],
                await joint.NoticesAsync()
            );
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Time_that_the_applicant_needs_reminds_nobody()
    {
        await using var joint = await JointDeadlineDriver.StartAsync(Engine);
        await joint.ReportAsync("returned", "plan");
        joint.MoveTo("2026-12-23T09:00:00+08:00");
        await joint.AgainAsync();
        Assert.Empty(await joint.ToldAsync());
        var leg = await joint.LegAsync();
        Assert.Equal(("applicant", "returned"), (leg.Clocks[0].Stops[0].By, leg.Clocks[0].Stops[0].Reason));
        Assert.Null(leg.Next.By);
        Assert.True(leg.Time!.ApplicantMinutes > 20 * 420);

        await joint.Host.Hall.Api.ResendLegAsync(joint.Joint.JointApplicationId, "network", new LegResendRequest());
        joint.MoveTo("2026-12-31T09:00:00+08:00");
        await joint.SoonAsync("the escalation", joint.ToldAsync, told => told.Contains("network escalation"));
    }

    [Fact]
    public async Task The_answer_says_until_when_the_provider_has_time()
    {
        await using var joint = await JointDeadlineDriver.StartAsync(Engine);
        Assert.Equal(JointDeadlineDriver.Time("2026-11-24T17:30:00+08:00"), (await joint.LegAsync()).Next.By);

        await joint.ReportAsync("accepted");
        var leg = await joint.LegAsync();
        Assert.Equal(["acceptance", "work"], leg.Clocks.Select(clock => clock.Clock));
        Assert.Equal(JointDeadlineDriver.Time("2026-11-26T17:30:00+08:00"), leg.Next.By);
        Assert.Equal(
            JointDeadlineDriver.Time("2026-11-27T17:30:00+08:00"),
            Assert.Single((await joint.ShownAsync()).Clocks).DueAt
        );

        await joint.ReportAsync("connected");
        Assert.Null((await joint.LegAsync()).Next.By);
        Assert.Null(await joint.TimerAsync());
    }

    [Fact]
    public async Task A_missing_year_makes_the_timer_fail_and_is_said_never_nothing_due()
    {
        await using var joint = await JointDeadlineDriver.StartAsync(Engine, "2026-12-31T09:00:00+08:00"); // due in 2027
        Assert.Contains("2027", (await joint.LegAsync()).Clocks[0].Note, StringComparison.Ordinal);
        Assert.Null((await joint.LegAsync()).Time is null ? null : (await joint.LegAsync()).Clocks[0].Colour);

        var timer = await joint.SoonAsync(
            "the timer fails",
            () =>
            {
                joint.Clock.Advance(TimeSpan.FromSeconds(20));
                return joint.TimerAsync();
            },
            row => row is { Failures: > 0 }
        );
        Assert.Equal(nameof(ClockNotReadException), timer!.LastFailure);
    }

    [Fact]
    public async Task A_leg_that_is_woken_a_moment_early_is_worked_on_so_that_its_timer_is_not_lost()
    {
        await using var joint = await JointDeadlineDriver.StartAsync(Engine, utility: Utility.Water);
        var due = (await joint.WakesAtAsync())!.Value;
        joint.Clock.SetUtcNow(due - TimeSpan.FromSeconds(1));

        var next = await joint.WakeAsync();

        Assert.True(next > due);
        Assert.Equal(next, await joint.WakesAtAsync());
    }

    [Fact]
    public async Task The_case_shows_everything_in_one_timeline_and_ends_with_its_joint_application()
    {
        await using var joint = await JointDeadlineDriver.StartAsync(Engine);
        foreach (var state in new[] { "accepted", "surveyed", "connected" })
        {
            await joint.ReportAsync(state);
        }

        Assert.Equal(CaseState.Open, (await joint.Host.Hall.Api.GetCaseAsync(joint.CaseId)).State);
        await joint.ReportAsync("closed");
        var shown = await joint.Host.Hall.Api.GetCaseAsync(joint.CaseId);

        Assert.Equal(CaseState.Closed, shown.State);
        Assert.NotNull(shown.ClosedAt);
        var states = shown.Timeline.Where(entry => entry.Kind == "leg").Select(entry => entry.Outcome);
        Assert.Equal(
            ["state accepted", "state surveyed", "state connected", "state closed"],
            states.Where(outcome => outcome.StartsWith("state ", StringComparison.Ordinal))
        );
        await joint.OpenAsync(joint.CaseId);
        Assert.Equal(CaseState.Open, (await joint.Host.Hall.Api.GetCaseAsync(joint.CaseId)).State);
    }
}
