using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Tests.JointApplications;

public class VisitTests
{
    private static readonly DateTimeOffset s_now = SomeLegs.Now;
    private static readonly SurveyCommand s_slot = new(s_now.AddDays(1), s_now.AddDays(1).AddHours(2));

    [Fact]
    public void Everybody_who_is_at_the_provider_is_asked_and_all_confirmations_arrange_it()
    {
        var file = Proposed(JointFiles.At(LegState.Accepted, Utility.Electricity, Utility.Water));
        Assert.All(file.Legs, leg => Assert.Equal((LegWork.Offer, s_now), (leg.Work, leg.WakeAt)));

        (file, var none) = Answered(file, Utility.Water, confirms: true);
        Assert.Equal(SurveyState.Proposed, SiteVisit.StateOf(file));
        Assert.Empty(none);
        (file, var notices) = Answered(file, Utility.Electricity, confirms: true);
        Assert.Equal(SurveyState.Arranged, SiteVisit.StateOf(file));
        Assert.All(file.Legs, leg => Assert.Equal((LegState.SurveyScheduled, LegWork.Watch), (leg.State, leg.Work)));
        Assert.Equal(NoticeTypes.JointSurveyArranged, Assert.Single(notices).Type);
    }

    [Fact]
    public void One_that_cannot_come_declines_it_for_all_and_another_proposal_asks_everybody_again()
    {
        var file = Proposed(JointFiles.At(LegState.Accepted, Utility.Electricity, Utility.Water));
        (file, _) = Answered(file, Utility.Electricity, confirms: true);
        (file, var notices) = Answered(file, Utility.Water, confirms: false);
        Assert.Equal(SurveyState.Declined, SiteVisit.StateOf(file));
        Assert.All(file.Legs, leg => Assert.Equal(LegState.Accepted, leg.State));
        var notice = Assert.Single(notices);
        Assert.Equal((NoticeTypes.JointSurveyDeclined, "water"), (notice.Type, notice.Data["utilities"]));

        file = Proposed(file);
        Assert.Equal(2, file.Visit!.Number);
        Assert.Equal(SurveyState.Proposed, SiteVisit.StateOf(file));
        Assert.All(file.Legs, leg => Assert.Equal((LegWork.Offer, null), (leg.Work, leg.ConfirmsVisit)));
    }

    [Fact]
    public void A_leg_on_its_way_is_waited_for_and_asked_when_it_arrives_and_one_that_is_held_holds_nobody_up()
    {
        var file = Proposed(
            JointFiles.Of(
                JointFiles.Leg(Utility.Electricity),
                JointFiles.Leg(Utility.Water, LegState.Received, LegWork.Ask),
                JointFiles.Leg(Utility.Gas, LegState.Received, LegWork.Hold)
            )
        );
        (file, _) = Answered(file, Utility.Electricity, confirms: true);
        Assert.Equal(SurveyState.Proposed, SiteVisit.StateOf(file));

        file = Settled(file, file.With(file.Leg(Utility.Water)! with { Work = LegWork.Watch })).Joint;
        Assert.Equal(LegWork.Offer, file.Leg(Utility.Water)!.Work);
        (file, _) = Answered(file, Utility.Water, confirms: true);
        Assert.Equal(SurveyState.Arranged, SiteVisit.StateOf(file));

        file = Settled(file, file.With(file.Leg(Utility.Gas)! with { Work = LegWork.Watch })).Joint;
        Assert.Equal((LegWork.Offer, SurveyState.Proposed), (file.Leg(Utility.Gas)!.Work, SiteVisit.StateOf(file)));
    }

    [Fact]
    public void A_provider_that_pulls_answers_by_status()
    {
        var file = Proposed(JointFiles.At(LegState.Accepted, Utility.Network));
        var leg = file.Legs[0] with { Work = LegWork.ListedVisit };
        var declined = SiteVisit.Answered(file.Visit, leg, Declined(s_now));
        Assert.Equal((false, StatusEffect.Applied), (declined!.Value.Leg.ConfirmsVisit, declined.Value.Effect));
        Assert.Equal(
            StatusEffect.Repeated,
            SiteVisit.Answered(file.Visit, declined.Value.Leg, Declined(s_now))!.Value.Effect
        );
        var confirmed = SiteVisit
            .Answered(file.Visit, leg, SomeLegs.Status(LegState.SurveyScheduled, s_now))!
            .Value.Leg;
        Assert.True(confirmed.ConfirmsVisit);
        Assert.Equal(LegState.Accepted, confirmed.State);
        Assert.Equal(LegState.SurveyScheduled, Settled(file, file.With(confirmed)).Joint.Legs[0].State);
    }

    [Fact]
    public void What_answers_no_proposal_is_no_answer()
    {
        var leg = JointFiles.Leg(Utility.Network);
        Assert.Equal(StatusEffect.Late, SiteVisit.Answered(visit: null, leg, Declined(s_now))!.Value.Effect);
        Assert.Null(SiteVisit.Answered(visit: null, leg, SomeLegs.Status(LegState.SurveyScheduled, s_now)));
        var file = Proposed(JointFiles.At(LegState.Accepted, Utility.Network));
        var old = s_now.AddMinutes(-5);
        Assert.Equal(StatusEffect.Late, SiteVisit.Answered(file.Visit, file.Legs[0], Declined(old))!.Value.Effect);
        Assert.Null(SiteVisit.Answered(file.Visit, file.Legs[0], SomeLegs.Status(LegState.SurveyScheduled, old)));
        Assert.Null(SiteVisit.Answered(file.Visit, file.Legs[0], SomeLegs.Status(LegState.Surveyed, s_now)));
    }

    [Fact]
    public void Nobody_is_asked_about_a_visit_that_has_begun_or_is_not_needed()
    {
        var file = Proposed(JointFiles.At(LegState.Accepted, Utility.Water));
        var begun = JointEffects.After(file, new JointChange(file with { Version = 9 }), s_slot.From).Joint;
        Assert.Equal(LegWork.Watch, begun.Legs[0].Work);
        var surveyed = Settled(file, file.With(file.Legs[0] with { State = LegState.Surveyed })).Joint;
        Assert.Equal(LegWork.Watch, surveyed.Legs[0].Work);
    }

    [Theory]
    [InlineData(LegState.Surveyed)]
    [InlineData(LegState.Closed)]
    public void Without_a_leg_before_its_survey_there_is_nothing_to_propose(LegState state)
    {
        var file = JointFiles.At(state, Utility.Water);
        Assert.False(SiteVisit.Propose(file, s_slot, [], s_now).Succeeded(out _, out var refusal));
        Assert.Equal("state-conflict", refusal!.Code);
    }

    [Fact]
    public void The_same_time_at_the_same_site_is_one_visit_and_another_time_ends_that()
    {
        var first = Proposed(JointFiles.At(LegState.Accepted, Utility.Water)) with { JointId = "jnt_0" };
        Assert.True(
            SiteVisit
                .Propose(JointFiles.At(LegState.Accepted, Utility.Gas), s_slot, [first], s_now)
                .Succeeded(out var second, out _)
        );
        Assert.Equal(["jnt_0"], second!.Visit!.SharedWith);
        var shared = SiteVisit.SharedWith(first, second);
        Assert.Equal(["jnt_1"], shared.Visit!.SharedWith);
        Assert.Same(shared, SiteVisit.SharedWith(shared, second));

        var later = new SurveyCommand(s_slot.From.AddDays(1), s_slot.Until.AddDays(1));
        Assert.True(SiteVisit.Propose(second, later, [shared], s_now).Succeeded(out var moved, out _));
        Assert.Empty(moved!.Visit!.SharedWith);
        Assert.Empty(SiteVisit.SharedWith(shared, moved).Visit!.SharedWith);

        var withdrawn = second with { Legs = [.. second.Legs.Select(leg => leg with { IsUnwanted = true })] };
        Assert.Equal(["jnt_0"], SiteVisit.Left(second, withdrawn));
        Assert.Empty(SiteVisit.Left(withdrawn, withdrawn));
        Assert.Empty(SiteVisit.Settle(withdrawn, s_now).Visit!.SharedWith);
        Assert.Empty(SiteVisit.SharedWith(shared, withdrawn).Visit!.SharedWith);
        var alone = second with { JointId = "jnt_2", Visit = null };
        Assert.True(SiteVisit.Propose(alone, s_slot, [withdrawn], s_now).Succeeded(out var proposed, out _));
        Assert.Empty(proposed!.Visit!.SharedWith);
    }

    [Theory]
    [InlineData(0, 60, "/from")]
    [InlineData(60, 60, "/until")]
    [InlineData(60, 60 + 481, "/until")]
    [InlineData(60, 60 + 480, null)]
    public void A_visit_lies_ahead_and_has_eight_hours_at_most(int fromMinutes, int untilMinutes, string? fault)
    {
        var faults = new FaultList();
        var request = new SurveyRequest
        {
            From = s_now.AddMinutes(fromMinutes),
            Until = s_now.AddMinutes(untilMinutes),
        };
        Assert.Equal(fault is null, SurveyReader.Read(request, s_now, faults) is not null);
        Assert.Equal(fault, faults.ToList().FirstOrDefault()?.Pointer);
    }

    [Fact]
    public void The_table_repeats_an_offer_that_nobody_answers()
    {
        var leg = SomeLegs.In(LegWork.Offer, LegState.Accepted);
        Assert.Equal(LegStep.Offer, LegTable.StepOf(LegWork.Offer, SomeLegs.Polled));
        Assert.Equal(LegStep.ListVisit, LegTable.StepOf(LegWork.Offer, SomeLegs.Pulls));
        var silent = LegTable.After(leg, new StepResult.Silent(SomeLegs.Failure), SomeLegs.Polled, s_now);
        Assert.Equal((LegWork.Offer, 1), (silent.Work, silent.Silences));
        Assert.True(silent.WakeAt > s_now);
        var refused = LegTable.After(leg, new StepResult.Refused(SomeLegs.Failure), SomeLegs.Polled, s_now);
        Assert.Equal((LegWork.Watch, false), (refused.Work, refused.ConfirmsVisit));
    }

    private static ReportedStatus Declined(DateTimeOffset at) => new("s-d", SiteVisit.DeclinedCode, State: null, at);

    private static JointApplication Proposed(JointApplication file)
    {
        Assert.True(SiteVisit.Propose(file, s_slot, [], s_now).Succeeded(out var proposed, out _));
        return Settled(file, proposed).Joint;
    }

    private static (JointApplication Joint, IReadOnlyList<Notice> Notices) Answered(
        JointApplication file,
        Utility utility,
        bool confirms
    ) =>
        Settled(
            file,
            file.With(LegTable.After(file.Leg(utility)!, new StepResult.Visit(confirms), SomeLegs.Pushes, s_now))
        );

    private static (JointApplication Joint, IReadOnlyList<Notice> Notices) Settled(
        JointApplication before,
        JointApplication after
    )
    {
        var change = JointEffects.After(before, new JointChange(after), s_now);
        return (change.Joint, change.Notices);
    }
}
