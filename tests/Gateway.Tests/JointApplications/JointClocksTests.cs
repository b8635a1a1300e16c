using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Tests.Cases;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>Worked examples: 420 business minutes a day, 08:30-12:00 and 14:00-17:30; 2026-11-23 is a Monday.</summary>
public class JointClocksTests
{
    private const string Nine = "2026-11-23T09:00:00+08:00";
    private const string Ten = "2026-11-23T10:00:00+08:00";
    private const string TuesdayNine = "2026-11-24T09:00:00+08:00";
    private const string TuesdayTen = "2026-11-24T10:00:00+08:00";
    private const string WednesdayTen = "2026-11-25T10:00:00+08:00";

    [Fact]
    public void Acceptance_runs_from_the_form_and_is_due_at_the_end_of_the_next_working_day()
    {
        var clock = JointClockBuilder.Open().Clock(Utility.Water, "acceptance", Ten)!;

        Assert.Equal("joint-acceptance", clock.Limit);
        Assert.Equal(CaseBuilder.Time("2026-11-24T17:30:00+08:00"), clock.DueAt);
        Assert.Equal(60, clock.UsedMinutes);
        Assert.Equal(ClockColour.Blue, clock.Colour);
    }

    [Fact]
    public void Acceptance_by_the_provider_ends_one_clock_and_starts_the_other_under_its_own_limit()
    {
        var world = JointClockBuilder.Open().Move(Utility.Electricity, Ten, LegState.Accepted);

        Assert.Equal(CaseBuilder.Time(Ten), world.Clock(Utility.Electricity, "acceptance", TuesdayTen)!.EndedAt);
        var work = world.Clock(Utility.Electricity, "work", TuesdayTen)!;
        Assert.Equal("joint-electricity-resident", work.Limit);
        Assert.Equal(CaseBuilder.Time("2026-11-25T17:30:00+08:00"), work.DueAt);
        Assert.Equal(420, work.UsedMinutes);
        Assert.Null(world.Clock(Utility.Water, "work", TuesdayTen));
    }

    [Fact]
    public void A_leg_held_for_gaps_has_no_clock_before_they_are_filled_and_its_time_is_the_applicants()
    {
        var world = JointClockBuilder.Open(work: LegWork.Hold);
        Assert.Null(world.Clock(Utility.Water, "acceptance", Ten));
        Assert.Null(world.Whole(Ten).DueAt);

        world.Move(Utility.Water, Ten, leg => leg with { Work = LegWork.Send, Gaps = [] });

        Assert.Equal(CaseBuilder.Time(Ten), world.Clock(Utility.Water, "acceptance", TuesdayTen)!.StartedAt);
        Assert.Equal(
            new LegTime
            {
                ApplicantMinutes = 60,
                ProviderMinutes = 420,
                AuthorityMinutes = 0,
            },
            world.Time(Utility.Water, TuesdayTen)
        );
        Assert.NotNull(world.Whole(Ten).DueAt);
    }

    [Fact]
    public void A_leg_that_the_provider_holds_up_without_a_gap_is_the_providers_time()
    {
        var world = JointClockBuilder.Open().Move(Utility.Water, Ten, leg => leg with { Work = LegWork.Hold });

        Assert.Equal(420 + 60, world.Time(Utility.Water, TuesdayTen).ProviderMinutes);
        Assert.Empty(world.Clock(Utility.Water, "acceptance", TuesdayTen)!.Stops);
    }

    [Theory]
    [InlineData(LegState.Returned, "returned", 420, 0)]
    [InlineData(LegState.AwaitingCustomer, "awaitingCustomer", 420, 0)]
    [InlineData(LegState.AwaitingPermit, "awaitingPermit", 0, 420)]
    public void The_clock_stands_still_while_somebody_else_has_to_act(
        LegState state,
        string reason,
        int applicant,
        int authority
    )
    {
        var world = JointClockBuilder
            .Open()
            .Move(Utility.Electricity, Nine, LegState.Accepted)
            .Move(Utility.Electricity, Ten, state, state == LegState.Returned ? LegWork.Hold : LegWork.Watch);
        var still = world.Clock(Utility.Electricity, "work", TuesdayTen)!;
        Assert.Null(still.DueAt);
        Assert.Equal(60, still.UsedMinutes);

        world.Move(Utility.Electricity, TuesdayTen, LegState.Construction);
        var runs = world.Clock(Utility.Electricity, "work", WednesdayTen)!;
        Assert.Equal(480, runs.UsedMinutes);
        Assert.Equal(CaseBuilder.Time("2026-11-26T17:30:00+08:00"), runs.DueAt);
        var stop = Assert.Single(runs.Stops);
        Assert.Equal((reason, CaseBuilder.Time(TuesdayTen)), (stop.Reason, stop.Until));
        Assert.Equal(
            new LegTime
            {
                ProviderMinutes = 480,
                ApplicantMinutes = applicant,
                AuthorityMinutes = authority,
            },
            world.Time(Utility.Electricity, WednesdayTen)
        );
    }

    [Fact]
    public void A_returned_leg_that_was_sent_again_is_the_providers_time_before_anybody_answers()
    {
        var world = JointClockBuilder
            .Open()
            .Move(Utility.Water, Ten, LegState.Returned, LegWork.Hold)
            .Move(Utility.Water, TuesdayTen, leg => leg with { Work = LegWork.Send });

        var acceptance = world.Clock(Utility.Water, "acceptance", WednesdayTen)!;
        Assert.Equal(60 + 420, acceptance.UsedMinutes);
        Assert.Equal(CaseBuilder.Time("2026-11-25T17:30:00+08:00"), acceptance.DueAt);
    }

    [Fact]
    public void Time_of_an_authority_is_measured_also_where_policy_does_not_stop_the_clock_for_it()
    {
        var world = JointClockBuilder
            .Open(authorityTimeStops: false)
            .Move(Utility.Electricity, Nine, LegState.Accepted)
            .Move(Utility.Electricity, Ten, LegState.AwaitingPermit);

        var work = world.Clock(Utility.Electricity, "work", TuesdayTen)!;
        Assert.Equal(480, work.UsedMinutes);
        Assert.Empty(work.Stops);
        Assert.Equal(420, world.Time(Utility.Electricity, TuesdayTen).AuthorityMinutes);
    }

    [Theory]
    [InlineData("provider", 480, 480, 0, 0)]
    [InlineData("applicant", 60, 60, 420, 0)]
    [InlineData("authority", 60, 60, 0, 420)]
    public void A_suspension_is_charged_to_whoever_causes_it(
        string who,
        int used,
        int provider,
        int applicant,
        int authority
    )
    {
        var world = JointClockBuilder
            .Open()
            .Move(Utility.Electricity, Nine, LegState.Construction)
            .Suspend(Utility.Electricity, Ten, who);

        Assert.Equal(used, world.Clock(Utility.Electricity, "work", TuesdayTen)!.UsedMinutes);
        var time = world.Time(Utility.Electricity, TuesdayTen);
        Assert.Equal(
            (provider, applicant, authority),
            (time.ProviderMinutes, time.ApplicantMinutes, time.AuthorityMinutes)
        );
    }

    [Fact]
    public void A_suspension_before_acceptance_starts_no_work_clock()
    {
        var world = JointClockBuilder.Open().Suspend(Utility.Water, Ten, "provider");

        Assert.Null(world.Clock(Utility.Water, "work", TuesdayTen));
        Assert.Null(world.Clock(Utility.Water, "acceptance", TuesdayTen)!.EndedAt);
    }

    [Fact]
    public void Connected_ends_every_clock_of_the_leg_and_the_last_one_ends_the_whole()
    {
        var world = JointClockBuilder
            .Open()
            .Move(Utility.Electricity, Ten, LegState.Accepted)
            .Move(Utility.Electricity, TuesdayTen, LegState.Connected);
        Assert.Equal(CaseBuilder.Time(TuesdayTen), world.Clock(Utility.Electricity, "work", WednesdayTen)!.EndedAt);
        Assert.Null(world.Whole(WednesdayTen).EndedAt);
        Assert.Equal(480, world.Time(Utility.Electricity, WednesdayTen).ProviderMinutes);

        world.Move(Utility.Water, WednesdayTen, LegState.Connected);
        Assert.Equal(CaseBuilder.Time(WednesdayTen), world.Whole(WednesdayTen).EndedAt);
        Assert.Null(world.Clock(Utility.Water, "work", WednesdayTen));
        Assert.Single(world.Look(WednesdayTen).Change.Facts, fact => fact.Outcome == "escalation"); // acceptance by the water company
        Assert.Null(world.Next(WednesdayTen));
    }

    [Fact]
    public void The_whole_stands_still_only_while_no_provider_can_act()
    {
        var world = JointClockBuilder.Open().Move(Utility.Water, Ten, LegState.Returned, LegWork.Hold);
        Assert.Equal(420, world.Whole(TuesdayNine).UsedMinutes);

        world.Move(Utility.Electricity, TuesdayNine, LegState.AwaitingPermit);
        var still = world.Whole(WednesdayTen);
        Assert.Equal(420, still.UsedMinutes);
        Assert.Equal("applicant", Assert.Single(still.Stops).By);

        world.Move(Utility.Water, WednesdayTen, leg => leg with { Work = LegWork.Send });
        Assert.NotNull(world.Whole(WednesdayTen).DueAt);
    }

    [Fact]
    public void A_leg_that_is_taken_back_ends_its_clocks_and_nothing_is_told_of_them()
    {
        var world = JointClockBuilder.Open();
        world.Move(Utility.Water, Ten, leg => leg with { IsUnwanted = true, Work = LegWork.Withdraw });
        world.Move(Utility.Electricity, Ten, leg => leg with { IsUnwanted = true, Work = LegWork.Withdraw });

        Assert.NotNull(world.Clock(Utility.Water, "acceptance", TuesdayTen)!.EndedAt);
        Assert.NotNull(world.Whole(TuesdayTen).EndedAt);
        Assert.Null(world.Next(TuesdayTen));
        Assert.Empty(world.Look("2027-06-01T09:00:00+08:00").Change.Facts);
    }

    [Fact]
    public void The_limit_of_the_whole_follows_the_legs_that_are_wanted()
    {
        var world = JointClockBuilder.Open();
        Assert.Equal((5, CaseBuilder.Time("2026-11-30T17:30:00+08:00")), WholeOf(world));

        world.Move(Utility.Water, Ten, leg => leg with { IsUnwanted = true, Work = LegWork.Withdraw });
        Assert.Equal((3, CaseBuilder.Time("2026-11-26T17:30:00+08:00")), WholeOf(world)); // electricity's 2, and 1
        Assert.Equal(CaseBuilder.Time(Nine), world.Whole(Ten).StartedAt);

        world.Move(Utility.Water, TuesdayTen, leg => leg with { IsUnwanted = false, Work = LegWork.Watch }); // the provider refused it
        Assert.Equal((5, CaseBuilder.Time("2026-11-30T17:30:00+08:00")), WholeOf(world));

        static (int, DateTimeOffset?) WholeOf(JointClockBuilder world) =>
            (world.Joint.Clocks[0].Limit.WorkingDays, world.Whole(TuesdayTen).DueAt);
    }

    [Fact]
    public void A_leg_that_is_connected_still_belongs_to_the_whole()
    {
        var world = JointClockBuilder.Open().Move(Utility.Water, Ten, LegState.Connected);

        Assert.Equal(5, world.Joint.Clocks[0].Limit.WorkingDays);
    }

    [Fact]
    public void Following_again_changes_nothing_however_often_and_whenever()
    {
        var world = JointClockBuilder.Open().Move(Utility.Water, Ten, LegState.Returned, LegWork.Hold);

        Assert.Same(world.Joint, JointClocks.Follow(world.Joint, CaseBuilder.Time(WednesdayTen)));
    }

    [Fact]
    public void The_file_survives_being_stored()
    {
        var file = JointClockBuilder.Open().Move(Utility.Water, Ten, LegState.Returned, LegWork.Hold).Joint;

        Assert.Equal(file.ToJson(), file.Stored().ToJson());
        Assert.Same(file, JointClocks.Follow(file, CaseBuilder.Time(TuesdayTen)));
    }
}
