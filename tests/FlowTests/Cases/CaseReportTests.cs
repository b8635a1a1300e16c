using System.Net;
using Integration.Contracts.Client;
using Integration.Contracts.V1.Cases;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Cases;

public sealed class SqliteCaseReportTests : CaseReportTests
{
    protected override Engine Engine => Engine.Sqlite;
}

public sealed class PostgresCaseReportTests : CaseReportTests
{
    protected override Engine Engine => Engine.PostgreSql;
}

/// <summary>A case over HTTP: shown, stopped, brought to its end; and who may not.</summary>
public abstract class CaseReportTests : IAsyncLifetime
{
    private CaseDriver _cases = null!;

    protected abstract Engine Engine { get; }

    private IIntegrationApi Hall => _cases.Host.Hall.Api;

    public async ValueTask InitializeAsync() => _cases = await CaseDriver.StartAsync(Engine);

    public ValueTask DisposeAsync() => _cases.DisposeAsync();

    [Fact]
    public async Task A_case_runs_from_acceptance_through_a_stop_to_connection_with_exact_due_times()
    {
        var caseId = await _cases.AcceptedAsync();
        var electricity = _cases.Host.As("electricity").Api;
        Assert.Equal(CaseDriver.Time("2026-11-25T17:30:00+08:00"), (await _cases.ClocksAsync(caseId, "company")).DueAt);

        _cases.MoveTo("2026-11-23T10:00:00+08:00");
        await electricity.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "surveyed" });
        var stop = await electricity.BeginStopAsync(caseId, Stop("government-permit"));
        Assert.Equal(("electricity", CaseDriver.Time("2026-11-23T10:00:00+08:00")), (stop.By, stop.From));
        Assert.Null((await _cases.ClocksAsync(caseId, "company")).DueAt);

        _cases.MoveTo("2026-11-24T10:00:00+08:00");
        var ended = await electricity.EndStopAsync(caseId, stop.StopId);
        Assert.Equal(CaseDriver.Time("2026-11-24T10:00:00+08:00"), ended.Until);
        var company = await _cases.ClocksAsync(caseId, "company");
        Assert.Equal(CaseDriver.Time("2026-11-26T17:30:00+08:00"), company.DueAt); // one working day later
        Assert.Equal(60, company.UsedMinutes);

        _cases.MoveTo("2026-11-24T11:00:00+08:00");
        await electricity.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "connected" });
        await Hall.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "closed" });
        var over = await Hall.GetCaseAsync(caseId);

        Assert.Equal(CaseState.Closed, over.State);
        Assert.Empty(over.Flags);
        Assert.All(over.Clocks, clock => Assert.Equal(CaseDriver.Time("2026-11-24T11:00:00+08:00"), clock.EndedAt));
        var entries = over.Timeline.Where(entry => entry.Kind is "milestone" or "stop").ToList();
        Assert.Equal(
            ["accepted", "surveyed", "begun", "ended", "connected", "closed"],
            entries.Select(entry => entry.Outcome)
        );
        Assert.All(entries, entry => Assert.NotNull(entry.EvidenceId));
        Assert.Contains(over.Timeline, entry => entry.Kind == "decision");
        Assert.Contains(over.Timeline, entry => entry.Kind == "check");
        Assert.Null(await _cases.TimerAsync(caseId));
        await RefusedAsync(409, () => Hall.BeginStopAsync(caseId, Stop("force-majeure")));
    }

    [Fact]
    public async Task What_is_wrong_is_refused_and_changes_nothing_but_a_repeated_start_is_flagged()
    {
        var caseId = await _cases.AcceptedAsync();
        var before = await _cases.RecordsAsync(caseId);
        await RefusedAsync(400, () => Hall.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "drunk" }));
        await RefusedAsync(400, () => Hall.BeginStopAsync(caseId, Stop("siesta")));
        await RefusedAsync(400, () => Hall.BeginStopAsync(caseId, Stop("government-permit") with { Clock = "whole" }));
        await RefusedAsync(
            400,
            () => Hall.BeginStopAsync(caseId, Stop("customer-date") with { Evidence = "421022198603173319" })
        );
        await RefusedAsync(409, () => Hall.BeginStopAsync(caseId, Stop("customer-date") with { Clock = "grid-works" }));
        await RefusedAsync(
            409,
            () => Hall.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "constructionFinished" })
        );
        await RefusedAsync(404, () => Hall.EndStopAsync(caseId, "stp_none"));
        using (
            var timed = await _cases.Host.Hall.PostAsync(
                $"/v1/cases/{caseId}/milestones",
                """{"milestone":"surveyed","at":"2026-11-23T08:00:00+08:00"}"""
            )
        )
        {
            Assert.Equal(HttpStatusCode.BadRequest, timed.StatusCode); // times are the gateway's own
        }

        Assert.Equal(before, await _cases.RecordsAsync(caseId));
        await RefusedAsync(
            409,
            () => Hall.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "accepted" })
        );
        Assert.Equal("repeated-start", Assert.Single((await Hall.GetCaseAsync(caseId)).Flags).Flag);
        Assert.Equal(before + 1, await _cases.RecordsAsync(caseId));
    }

    [Fact]
    public async Task A_report_with_a_key_is_made_once()
    {
        var caseId = await _cases.AcceptedAsync();
        var first = await Hall.BeginStopAsync(caseId, Stop("customer-date"), "key-1");
        var again = await Hall.BeginStopAsync(caseId, Stop("customer-date"), "key-1");

        Assert.Equal(first, again);
        Assert.Single((await _cases.ClocksAsync(caseId, "company")).Stops);
        await RefusedAsync(409, () => Hall.BeginStopAsync(caseId, Stop("customer-works"), "key-1"));
        await RefusedAsync(409, () => Hall.BeginStopAsync(caseId, Stop("customer-date"), "key-2")); // open already

        var twins = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ => Hall.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "surveyed" }, "key-3"))
        );
        Assert.Single(twins.Select(twin => twin.Timeline[0].EvidenceId).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Reports_that_meet_are_all_kept()
    {
        var caseId = await _cases.AcceptedAsync();
        string[] reasons =
        [
            "government-permit",
            "customer-date",
            "customer-works",
            "force-majeure",
            "customer-materials",
        ];

        var stops = await Task.WhenAll(reasons.Select(reason => Hall.BeginStopAsync(caseId, Stop(reason))));

        Assert.Equal(5, stops.Select(stop => stop.StopId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(5, (await _cases.ClocksAsync(caseId, "company")).Stops.Count);
        Assert.Empty((await Hall.GetCaseAsync(caseId)).Flags);
    }

    [Fact]
    public async Task Others_do_not_learn_that_the_case_exists()
    {
        var caseId = await _cases.AcceptedAsync();
        foreach (var client in new[] { "hall-limited", "water", "municipal", "electricity" })
        {
            await RefusedAsync(404, () => _cases.Host.As(client).Api.GetCaseAsync(caseId));
        }

        await RefusedAsync(
            404,
            () =>
                _cases.Host.As("water").Api.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "surveyed" })
        );
        Assert.Equal(caseId, (await _cases.Host.As("ops").Api.GetCaseAsync(caseId)).CaseId);
    }

    [Fact]
    public async Task Two_callers_may_use_one_number_and_operators_name_the_one_they_mean()
    {
        var caseId = await _cases.AcceptedAsync();
        await _cases.AcceptedAsync(caseId); // again: flagged
        await _cases.CopyToAsync("hall-limited", caseId);
        var ops = _cases.Host.As("ops").Api;
        await RefusedAsync(400, () => ops.GetCaseAsync(caseId));
        var theirs = await _cases.Host.As("hall-limited").Api.GetCaseAsync(caseId);
        Assert.DoesNotContain(theirs.Timeline, entry => entry.By == "hall");
        var mine = await ops.GetCaseAsync(caseId, "hall");
        Assert.Contains(mine.Flags, flag => flag.Flag == "repeated-start");
        Assert.DoesNotContain(mine.Timeline, entry => entry.By == "hall-limited");
    }

    [Fact]
    public async Task The_client_that_reported_a_case_sees_acceptance_and_its_own_events()
    {
        using var municipal = _cases.Host.Municipal();
        var receipt = await municipal.AcceptedAsync(MunicipalEvents.Opened(time: _cases.Clock.GetUtcNow()));
        var part = await _cases.SoonAsync(
            "the event is accepted",
            () => _cases.Host.As("municipal").Api.GetCaseAsync(receipt.CaseId),
            answer => answer.AcceptedAt is not null
        );

        Assert.Equal("acceptance", Assert.Single(part.Clocks).Clock);
        Assert.Equal("event", Assert.Single(part.Timeline.Select(entry => entry.Kind).Distinct()));
        var whole = await Hall.GetCaseAsync(receipt.CaseId);
        Assert.Contains(whole.Clocks, clock => clock.Clock == "whole");
        Assert.Contains(whole.Timeline, entry => entry.Kind == "event");
        Assert.Empty(whole.Flags);
    }

    [Fact]
    public async Task A_withdrawn_application_ends_its_case()
    {
        var request = HallRequests.Residential("p02", "t02");
        var answer = await Hall.ApplyAsync(request);
        await Hall.WithdrawAsync(
            answer.ApplicationId,
            new Contracts.V1.Applications.WithdrawRequest { Reason = "moved" }
        );

        var over = await Hall.GetCaseAsync(answer.CaseId);
        Assert.Equal(CaseState.Withdrawn, over.State);
        Assert.All(over.Clocks, clock => Assert.NotNull(clock.EndedAt));
        Assert.Null(await _cases.TimerAsync(answer.CaseId));
        Assert.DoesNotContain(over.Flags, flag => flag.Flag == "altered-time");
    }

    [Fact]
    public async Task The_report_gives_means_and_cases_to_the_owner_and_operators()
    {
        var caseId = await _cases.AcceptedAsync();
        var other = await _cases.AcceptedAsync();
        _cases.MoveTo("2026-11-24T10:15:00+08:00");
        await Hall.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "connected" });

        var report = await Hall.GetLimitsReportAsync("2026-11-23", "2026-11-23");
        var limit = Assert.Single(report.Limits);
        Assert.Equal(("resident-low-voltage", 2, 1, 2m), (limit.Limit, limit.Cases, limit.Finished, limit.Allowed));
        Assert.Equal(0.805m, limit.Mean); // 8 h 15 min of the 20 h 30 min in 2 working days from Monday 09:00
        Assert.Equal(1m, limit.ShareWithin);
        Assert.Equal(new[] { caseId, other }.Order(), report.Cases.Select(figures => figures.CaseId).Order());
        Assert.Empty((await Hall.GetLimitsReportAsync("2026-11-24", "2026-11-24")).Cases);
        Assert.Empty((await _cases.Host.As("hall-limited").Api.GetLimitsReportAsync("2026-11-23", "2026-11-23")).Cases);
        Assert.Equal(
            2,
            (
                await _cases
                    .Host.As("ops")
                    .Api.GetLimitsReportAsync("2026-11-23", "2026-11-23", "low-voltage-residential-new")
            )
                .Cases
                .Count
        );
        using var wrong = await _cases.Host.Hall.GetAsync("/v1/limits/report?from=x&to=2026-11-01&place=1");
        Assert.Equal(2, (await HallDriver.ProblemOfAsync(wrong)).Errors!.Count);
    }

    private static StopRequest Stop(string reason) =>
        new()
        {
            Clock = "company",
            Reason = reason,
            Evidence = "DOC-1",
        };

    private static async Task RefusedAsync<T>(int status, Func<Task<T>> request)
    {
        var refused = await Assert.ThrowsAsync<IntegrationProblemException>(request);
        Assert.Equal(status, refused.Problem.Status);
    }
}
