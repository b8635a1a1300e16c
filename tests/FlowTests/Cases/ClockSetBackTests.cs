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
    private CaseDriver _cases = null!;

    protected abstract Engine Engine { get; }

    private IIntegrationApi Hall { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _cases = await CaseDriver.StartAsync(Engine);
        Hall = _cases.Host.Hall.Api;
    }

    public ValueTask DisposeAsync() => _cases.DisposeAsync();

    [Fact]
    public async Task A_milestone_is_not_taken_twice_and_altered_time_is_raised_on_record_once()
    {
        var caseId = await _cases.AcceptedAsync();
        SetBackTo(Before);
        await ReachAsync(caseId, "constructionStarted");

        await RefusedAsync(() => ReachAsync(caseId, "constructionStarted")); // it starts a clock: flagged as a repeated start too
        await RefusedAsync(() => ReachAsync(caseId, "surveyed")); // earlier in the row
        await ReachAsync(caseId, "constructionFinished");
        await RefusedAsync(() => ReachAsync(caseId, "constructionFinished"));
        var shown = await Hall.GetCaseAsync(caseId);
        var again = await Hall.GetCaseAsync(caseId);

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
        var caseId = await _cases.AcceptedAsync();
        _cases.MoveTo("2026-11-23T10:00:00+08:00");
        await ReachAsync(caseId, "surveyed");
        Assert.Empty((await Hall.GetCaseAsync(caseId)).Flags);

        SetBackTo("2026-11-23T09:30:00+08:00");
        await RefusedAsync(() => ReachAsync(caseId, "surveyed"));

        Assert.True(Names(Assert.Single((await Hall.GetCaseAsync(caseId)).Flags), "milestone surveyed"));
        _cases.MoveTo("2026-11-23T11:00:00+08:00");
        await ReachAsync(caseId, "planAnswered");
        Assert.Single((await Hall.GetCaseAsync(caseId)).Flags);
    }

    [Fact]
    public async Task A_stop_that_ends_before_it_began_is_flagged()
    {
        var caseId = await _cases.AcceptedAsync();
        _cases.MoveTo("2026-11-23T11:00:00+08:00");
        var stop = await Hall.BeginStopAsync(
            caseId,
            new StopRequest
            {
                Clock = "company",
                Reason = "force-majeure",
                Evidence = "DOC-1",
            }
        );
        SetBackTo("2026-11-23T10:00:00+08:00");
        await Hall.EndStopAsync(caseId, stop.StopId);

        Assert.Contains((await Hall.GetCaseAsync(caseId)).Flags, flag => Names(flag, "stop ended"));
    }

    [Fact]
    public async Task A_clock_that_is_seconds_behind_another_nodes_raises_nothing()
    {
        var caseId = await _cases.AcceptedAsync();
        SetBackTo("2026-11-23T08:59:56+08:00");
        await ReachAsync(caseId, "surveyed");

        Assert.Empty((await Hall.GetCaseAsync(caseId)).Flags);
        await RefusedAsync(() => ReachAsync(caseId, "surveyed"));
    }

    /// <summary>Tokens of before are not valid yet.</summary>
    private void SetBackTo(string moment)
    {
        _cases.SetBackTo(moment);
        Hall = _cases.Host.As("hall").Api;
    }

    private Task<CaseResponse> ReachAsync(string caseId, string milestone) =>
        Hall.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = milestone });

    private static bool Names(CaseFlag flag, string what) =>
        flag.Flag == "altered-time" && flag.Detail.StartsWith(what, StringComparison.Ordinal);

    private static async Task RefusedAsync(Func<Task<CaseResponse>> report)
    {
        var refused = await Assert.ThrowsAsync<IntegrationProblemException>(report);
        Assert.Equal(409, refused.Problem.Status);
    }
}
