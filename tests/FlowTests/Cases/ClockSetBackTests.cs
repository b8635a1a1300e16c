using Integration.Contracts.Client;
using Integration.Contracts.V1.Cases;
using Integration.Testing;

namespace Integration.FlowTests.Cases;

public sealed class SqliteClockSetBackTests : ClockSetBackTests
{
    protected override Engine Engine => Engine.Sqlite;
}

public sealed class PostgresClockSetBackTests : ClockSetBackTests
{
    protected override Engine Engine => Engine.PostgreSql;
}

/// <summary>The machine's clock is set back while a case runs (docs/spec/clocks.md).</summary>
public abstract class ClockSetBackTests : IAsyncLifetime
{
    private const string Before = "2026-11-23T08:00:00+08:00"; // an hour before acceptance
    private CaseHost _cases = null!;

    protected abstract Engine Engine { get; }

    private IIntegrationApi Hall { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _cases = await CaseHost.Start(Engine);
        Hall = _cases.Host.Hall.Api;
    }

    public ValueTask DisposeAsync() => _cases.DisposeAsync();

    [Fact]
    public async Task A_milestone_is_not_taken_twice_and_altered_time_is_raised_on_record_once()
    {
        var caseId = await _cases.Accepted();
        SetBackTo(Before);
        await Reach(caseId, "constructionStarted");

        await Refused(() => Reach(caseId, "constructionStarted")); // it starts a clock: flagged as a repeated start too
        await Refused(() => Reach(caseId, "surveyed")); // earlier in the row
        await Reach(caseId, "constructionFinished");
        await Refused(() => Reach(caseId, "constructionFinished"));
        var shown = await Hall.GetCase(caseId);
        var again = await Hall.GetCase(caseId);

        Assert.Single(again.Timeline, entry => entry is { Kind: "milestone", Outcome: "constructionStarted" });
        Assert.Single(again.Timeline, entry => entry is { Kind: "milestone", Outcome: "constructionFinished" });
        Assert.Contains(
            shown.Flags,
            flag => flag.Flag == "altered-time" && Names(flag, "milestone constructionStarted")
        );
        Assert.Equal(shown.Flags, again.Flags);
        Assert.Equal(
            again.Flags.Count(flag => flag.Flag == "altered-time"),
            again.Timeline.Count(entry => entry is { What: "flag", Outcome: "altered-time" })
        );
    }

    [Fact]
    public async Task A_milestone_reached_before_is_refused_afterwards_and_the_look_alone_raises_the_flag()
    {
        var caseId = await _cases.Accepted();
        _cases.MoveTo("2026-11-23T10:00:00+08:00");
        await Reach(caseId, "surveyed");
        Assert.Empty((await Hall.GetCase(caseId)).Flags);

        SetBackTo("2026-11-23T09:30:00+08:00");
        await Refused(() => Reach(caseId, "surveyed"));

        Assert.True(Names(Assert.Single((await Hall.GetCase(caseId)).Flags), "milestone surveyed"));
        _cases.MoveTo("2026-11-23T11:00:00+08:00");
        await Reach(caseId, "planAnswered");
        Assert.Single((await Hall.GetCase(caseId)).Flags);
    }

    [Fact]
    public async Task A_stop_that_ends_before_it_began_is_flagged()
    {
        var caseId = await _cases.Accepted();
        _cases.MoveTo("2026-11-23T11:00:00+08:00");
        var stop = await Hall.BeginStop(
            caseId,
            new StopRequest
            {
                Clock = "company",
                Reason = "force-majeure",
                Evidence = "DOC-1",
            }
        );
        SetBackTo("2026-11-23T10:00:00+08:00");
        await Hall.EndStop(caseId, stop.StopId);

        Assert.Contains((await Hall.GetCase(caseId)).Flags, flag => Names(flag, "stop ended"));
    }

    [Fact]
    public async Task A_clock_that_is_seconds_behind_another_nodes_raises_nothing()
    {
        var caseId = await _cases.Accepted();
        SetBackTo("2026-11-23T08:59:56+08:00");
        await Reach(caseId, "surveyed");

        Assert.Empty((await Hall.GetCase(caseId)).Flags);
        await Refused(() => Reach(caseId, "surveyed"));
    }

    /// <summary>Tokens of before are not valid yet.</summary>
    private void SetBackTo(string moment)
    {
        _cases.SetBackTo(moment);
        Hall = _cases.Host.As("hall").Api;
    }

    private Task<CaseAnswer> Reach(string caseId, string milestone) =>
        Hall.ReachMilestone(caseId, new MilestoneRequest { Milestone = milestone });

    private static bool Names(CaseFlag flag, string what) =>
        flag.Flag == "altered-time" && flag.Detail.StartsWith(what, StringComparison.Ordinal);

    private static async Task Refused(Func<Task<CaseAnswer>> report)
    {
        var refused = await Assert.ThrowsAsync<IntegrationProblemException>(report);
        Assert.Equal(409, refused.Problem.Status);
    }
}
