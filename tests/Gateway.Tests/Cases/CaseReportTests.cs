using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using static Integration.Gateway.Tests.Cases.CaseBuilder;

namespace Integration.Gateway.Tests.Cases;

/// <summary>Milestones and stops, as tables.</summary>
public class CaseReportTests
{
    private const string Monday = "2026-11-23T10:00:00+08:00";

    [Theory]
    [InlineData("surveyed", null)]
    [InlineData("constructionStarted", null)] // steps may be left out
    [InlineData("drunk", "/milestone")]
    [InlineData("accepted", "already, and its clocks run")]
    [InlineData("constructionFinished", "constructionStarted has to be reached before")]
    public void What_can_be_reached_after_acceptance(string milestone, string? fault) =>
        Refuses(CaseMilestones.Reach(Accepted(), milestone, At(Monday)), fault);

    [Theory]
    [InlineData("planAnswered", "reached already")]
    [InlineData("surveyed", "A later milestone was reached already")]
    [InlineData("connected", null)]
    public void The_order_holds_and_nothing_is_reached_twice(string milestone, string? fault) =>
        Refuses(CaseMilestones.Reach(Reach(Accepted(), "planAnswered", Monday), milestone, At(Monday)), fault);

    [Fact]
    public void Nothing_can_be_reached_before_acceptance_or_after_the_end()
    {
        Refuses(CaseMilestones.Reach(OpenedByEvent(Monday), "surveyed", At(Monday)), "not accepted yet");
        Refuses(CaseMilestones.Reach(Reach(Accepted(), "closed", Monday), "surveyed", At(Monday)), "The case is over");
        Refuses(
            CaseStops.Begin(
                Reach(Accepted(), "closed", Monday),
                new AskedStop("whole", "force-majeure", "D"),
                At(Monday)
            ),
            "The case is over"
        );
    }

    [Fact]
    public void A_repeated_start_is_refused_and_flagged()
    {
        var started = Reach(Accepted(), "constructionStarted", Monday);
        var change = Changed(CaseMilestones.Reach(started, "constructionStarted", At("2026-11-24T10:00:00+08:00")));

        Assert.NotNull(change.Refusal);
        Assert.Equal(CaseMilestones.RepeatedStart, Assert.Single(change.File.Flags).Flag);
        Assert.Equal(Time(Monday), change.File.Clocks.Single(clock => clock.Clock == "grid-works").StartedAt);
        Assert.Single(change.Facts);
    }

    [Fact]
    public void Grid_works_run_from_their_start_under_the_limit_frozen_at_acceptance()
    {
        var started = Reach(Accepted(limits: "grid-works-low-voltage"), "constructionStarted", Monday);
        Assert.Equal(Time("2026-11-26T17:30:00+08:00"), Read(started, "grid-works", Monday).DueAt); // 3 working days

        var installed = Reach(started, "meterInstalled", "2026-11-25T10:00:00+08:00");
        Assert.Equal(
            Time("2026-11-25T10:00:00+08:00"),
            installed.Clocks.Single(clock => clock.Clock == "grid-works").EndedAt
        );
    }

    [Fact]
    public void Connection_ends_whole_and_company_and_whatever_stopped_them()
    {
        var stopped = Stop(Accepted(limits: "small-micro-direct"), "whole", "customer-date", Monday);
        var file = Reach(stopped, "connected", "2026-11-24T09:00:00+08:00");

        Assert.Equal(CaseState.Open, file.State);
        Assert.All(file.Clocks, clock => Assert.Equal(Time("2026-11-24T09:00:00+08:00"), clock.EndedAt));
        Assert.Equal(Time("2026-11-24T09:00:00+08:00"), Assert.Single(file.Clocks[0].Stops).Until);
        Assert.Equal(CaseState.Closed, Reach(file, "closed", "2026-11-24T09:05:00+08:00").State);
    }

    [Theory]
    [InlineData("company", "government-permit", null)]
    [InlineData("whole", "customer-materials", null)]
    [InlineData("whole", "government-permit", "/reason")] // company time only
    [InlineData("sundial", "customer-date", "/clock")]
    [InlineData("whole", "siesta", "/reason")]
    [InlineData("sundial", "siesta", "/clock /reason")]
    [InlineData("grid-works", "customer-date", "does not run")]
    public void Which_reason_stops_which_clock(string clock, string reason, string? fault) =>
        Refuses(CaseStops.Begin(Accepted(), new AskedStop(clock, reason, "DOC-1"), At(Monday)), fault);

    [Fact]
    public void The_same_reason_cannot_be_open_twice_but_another_can()
    {
        var stopped = Stop(Accepted(), "company", "customer-date", Monday);

        Refuses(
            CaseStops.Begin(stopped, new AskedStop("company", "customer-date", "D"), At(Monday)),
            "for this reason already"
        );
        Refuses(CaseStops.Begin(stopped, new AskedStop("company", "government-permit", "D"), At(Monday)), null);
    }

    [Fact]
    public void A_stop_moves_the_due_time_of_every_limit_of_its_clock_and_wakes_later()
    {
        var file = Accepted(limits: ["non-resident-low-voltage", "non-resident-without-outside-works"]);
        var stopped = Stop(file, "company", "government-permit", Monday);
        Assert.All(stopped.Clocks.Where(clock => clock.Clock == "company"), clock => Assert.Single(clock.Stops));
        Assert.Null(stopped.WakeAt); // whole has no limit here, company stands still

        var stop = stopped.Clocks.First(clock => clock.Clock == "company").Stops[0];
        var running = Changed(CaseStops.End(stopped, stop.StopId, At("2026-11-24T10:00:00+08:00"))).File;

        var dues = running
            .Clocks.Where(clock => clock.Clock == "company")
            .Select(clock => CaseResponses.From(clock, Clock, Time("2026-11-24T10:00:00+08:00")).DueAt);
        // Stopped for 7 business hours, one working day.
        Assert.Equal(
            [Time("2026-11-26T17:30:00+08:00"), Time("2026-12-01T17:30:00+08:00")],
            dues.Order().Select(due => due!.Value)
        );
        Assert.NotNull(running.WakeAt);
        Refuses(CaseStops.End(running, stop.StopId, At(Monday)), "ended already");
        Refuses(CaseStops.End(running, "stp_none", At(Monday)), "");
    }

    private static void Refuses(Integration.Gateway.Platform.Problems.Result<CaseChange> acted, string? fault)
    {
        var done = acted.Succeeded(out var change, out var refusal);
        refusal ??= change?.Refusal;
        if (fault is null)
        {
            Assert.Null(refusal);
            return;
        }

        Assert.NotNull(refusal);
        Assert.True(!done || change!.Refusal is not null);
        var text = refusal.Errors is { } errors
            ? string.Join(' ', errors.Select(error => error.Pointer))
            : refusal.Detail;
        Assert.Contains(fault, text, StringComparison.Ordinal);
    }
}
