using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;
using static Integration.Gateway.Tests.Cases.CaseBuilder;

namespace Integration.Gateway.Tests.Cases;

public class CaseActsTests
{
    [Fact]
    public void An_event_opens_a_case_whose_acceptance_is_looked_at_when_it_turns_yellow()
    {
        var file = OpenedByEvent("2026-11-23T09:00:00+08:00");

        var clock = Assert.Single(file.Clocks);
        Assert.Equal((ClockNames.Acceptance, "evd_event"), (clock.Clock, clock.EvidenceId));
        Assert.Equal(new ClockTerms(ClockKind.BusinessMinutes, 120), clock.Terms);
        Assert.Equal(Time("2026-11-23T10:24:00+08:00"), file.WakeAt); // 70 % of 120 minutes
    }

    [Fact]
    public void Acceptance_ends_the_acceptance_clock_and_starts_the_others_under_the_limits_of_the_day()
    {
        var file = CaseTransitions
            .Accept(
                OpenedByEvent("2026-11-23T09:00:00+08:00"),
                Acceptance("2026-11-23T09:30:00+08:00", "small-micro-direct", "non-resident-low-voltage"),
                Clock
            )
            .File;

        Assert.Equal(Time("2026-11-23T09:30:00+08:00"), file.Clocks[0].EndedAt);
        Assert.True(file.Clocks[0].IsSettled);
        Assert.Equal(
            Time("2026-11-24T17:30:00+08:00"),
            Read(file, ClockNames.Whole, "2026-11-23T09:30:00+08:00").DueAt
        );
        Assert.Equal(
            Time("2026-11-30T17:30:00+08:00"),
            Read(file, ClockNames.Company, "2026-11-23T09:30:00+08:00").DueAt
        );
        Assert.Equal("gongan-2022.1", file.PolicyVersion);
        Assert.Equal(MilestoneNames.Accepted, Assert.Single(file.Milestones).Name);
    }

    [Fact]
    public void Whole_and_company_exist_without_a_limit_and_only_measure()
    {
        var file = Accepted();

        Assert.Equal([ClockNames.Whole, ClockNames.Company], file.Clocks.Select(clock => clock.Clock));
        Assert.All(file.Clocks, clock => Assert.Null(clock.Terms));
        Assert.Null(file.WakeAt);
        var read = Read(file, ClockNames.Whole, "2026-11-23T11:00:00+08:00");
        Assert.Equal((120m, ClockColour.Blue), (read.UsedMinutes!.Value, read.Colour!.Value));
        Assert.Null(read.DueAt);
    }

    [Fact]
    public void A_second_acceptance_starts_no_clock_again_and_is_flagged_unless_it_is_a_change()
    {
        var first = Accepted("2026-11-23T09:00:00+08:00", "small-micro-direct");
        var again = Acceptance("2026-11-24T09:00:00+08:00", "small-micro-direct", "non-resident-low-voltage");

        var repeated = CaseTransitions.Accept(first, again, Clock).File;
        var changed = CaseTransitions.Accept(first, again with { Replaces = "app_1" }, Clock).File;

        Assert.Equal(first.AcceptedAt, repeated.AcceptedAt);
        Assert.All(repeated.Clocks, clock => Assert.Equal(first.AcceptedAt, clock.StartedAt));
        Assert.Equal(CaseMilestones.RepeatedStart, Assert.Single(repeated.Flags).Flag);
        Assert.Empty(changed.Flags);
        Assert.Contains(changed.Clocks, clock => clock.Limit == "non-resident-low-voltage");
    }

    [Fact]
    public void A_limit_that_holds_later_runs_from_the_first_acceptance_with_the_stops_there_were()
    {
        var file = Stop(
            Accepted("2026-11-23T09:00:00+08:00", "non-resident-low-voltage"),
            "whole",
            "customer-date",
            "2026-11-23T10:00:00+08:00"
        );

        var limited = CaseTransitions.AddLimits(file, Added("app_1", "2026-11-23T11:00:00+08:00"), Clock).File;

        var clock = Assert.Single(limited.Clocks, clock => clock.Limit == "small-micro-direct");
        Assert.Equal((file.AcceptedAt!.Value, null), (clock.StartedAt, clock.EvidenceId));
        Assert.Equal(new ClockTerms(ClockKind.WorkingDays, 1), clock.Terms);
        Assert.Equal("customer-date", Assert.Single(clock.Stops).Reason);
        Assert.Equal(["non-resident-low-voltage", "small-micro-direct"], limited.Limits.Select(limit => limit.Name));
        Assert.Equal(limited.WakeAt, CaseReading.NextLook(limited, Clock, Time("2026-11-23T11:00:00+08:00")));
        Assert.Same(
            limited,
            CaseTransitions.AddLimits(limited, Added("app_1", "2026-11-23T12:00:00+08:00"), Clock).File
        );
    }

    [Fact]
    public void A_limit_that_holds_when_it_is_used_up_already_is_told_at_once()
    {
        var late = "2026-11-26T09:00:00+08:00";
        Assert.Equal(Time(late), CaseTransitions.AddLimits(Accepted(), Added("app_1", late), Clock).File.WakeAt);
    }

    [Fact]
    public void Limits_of_an_application_that_is_not_in_force_any_more_change_nothing()
    {
        var (file, at) = (Accepted(), "2026-11-24T09:00:00+08:00");
        var withdrawn = CaseTransitions.Withdraw(file, Time(at)).File;

        Assert.Same(file, CaseTransitions.AddLimits(file, Added("app_2", at), Clock).File);
        Assert.Same(withdrawn, CaseTransitions.AddLimits(withdrawn, Added("app_1", at), Clock).File);
    }

    [Theory]
    [InlineData("2026-11-20T16:30:00+08:00", false)] // Friday 16:30 + 120 business minutes = Monday 09:30
    [InlineData("2026-11-20T15:00:00+08:00", true)]
    [InlineData("2024-01-01T09:00:00+08:00", true)]
    [InlineData("2001-01-01T09:00:00+08:00", true)] // no calendar is needed to call it late
    public void A_trace_before_acceptance_beyond_the_tolerance_is_a_late_start(string trace, bool isLate)
    {
        var acceptance = Acceptance("2026-11-23T09:00:00+08:00") with { FirstTraceAt = Time(trace) };

        Assert.Equal(
            isLate,
            CaseTransitions.Accept(found: null, acceptance, Clock).File.Flags.Any(flag => flag.Flag == LateStart.Flag)
        );
    }

    [Fact]
    public void Withdrawal_ends_every_clock_and_stop_and_nobody_looks_again()
    {
        var stopped = Stop(
            Accepted(limits: "small-micro-direct"),
            "company",
            "government-permit",
            "2026-11-23T10:00:00+08:00"
        );

        var file = CaseTransitions.Withdraw(stopped, Time("2026-11-23T11:00:00+08:00"), "evd_w").File;

        Assert.Equal(CaseState.Withdrawn, file.State);
        Assert.Null(file.WakeAt);
        Assert.All(file.Clocks, clock => Assert.Equal(Time("2026-11-23T11:00:00+08:00"), clock.EndedAt));
        Assert.All(file.Clocks.SelectMany(clock => clock.Stops), stop => Assert.NotNull(stop.Until));
    }

    [Fact]
    public void A_file_is_the_same_after_it_was_stored()
    {
        var file = Stop(
            Accepted(limits: "non-resident-low-voltage"),
            "company",
            "government-permit",
            "2026-11-23T10:00:00+08:00"
        );
        Assert.Equal(file.ToJson(), Case.FromJson(file.ToJson()).ToJson());
    }

    private static AddedLimits Added(string applicationId, string at) =>
        new(applicationId, Acceptance(at, "small-micro-direct").Limits, CaseBuilder.Policy, Time(at));
}
