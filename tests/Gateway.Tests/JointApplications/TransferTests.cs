using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.Tests.JointApplications;

public class TransferTests
{
    private static readonly DateTimeOffset s_now = SomeLegs.Now;
    private static readonly ResendCommand s_nothing = new(new LegResendRequest(), []);

    [Fact]
    public void An_account_that_may_go_over_is_sent_and_a_provider_that_pulls_sees_it_on_its_list()
    {
        var sent = Checked(hasArrears: false, isFormers: true);
        Assert.Equal((LegWork.Send, s_now), (sent.Work, sent.WakeAt));
        Assert.Equal(LegStep.PreCheck, LegTable.StepOf(LegWork.PreCheck, SomeLegs.Polled));
        Assert.Equal(LegStep.List, LegTable.StepOf(LegWork.PreCheck, SomeLegs.Pulls));
    }

    [Theory]
    [InlineData(true, true, "arrears", null)]
    [InlineData(false, false, "account", "account-holder")]
    [InlineData(true, false, "account", "account-holder")]
    public void What_stands_in_the_way_holds_the_leg(bool hasArrears, bool isFormers, string gaps, string? problem)
    {
        var held = Checked(hasArrears, isFormers);
        Assert.Equal((LegWork.Hold, null), (held.Work, held.WakeAt));
        Assert.Equal(gaps, string.Join(',', held.Gaps.Select(gap => gap.Item)));
        Assert.Equal(problem, held.Problems.SingleOrDefault()?.Problem);
    }

    [Fact]
    public void An_account_that_is_not_there_is_a_gap_and_no_answer_is_none()
    {
        var leg = SomeLegs.In(LegWork.PreCheck);
        var unknown = LegTable.After(leg, new StepResult.NotThere(), SomeLegs.Polled, s_now);
        Assert.Equal("account", Assert.Single(unknown.Gaps).Item);
        var silent = LegTable.After(leg, new StepResult.Silent(SomeLegs.Failure), SomeLegs.Polled, s_now);
        Assert.Equal(LegWork.PreCheck, silent.Work);
        Assert.Empty(silent.Gaps);
        var refused = LegTable.After(leg, new StepResult.Refused(SomeLegs.Failure), SomeLegs.Polled, s_now);
        Assert.Equal((LegWork.Hold, "refused"), (refused.Work, Assert.Single(refused.Problems).Problem));
    }

    [Fact]
    public void Arrears_are_checked_again_when_it_is_sent_again_and_the_wrong_holder_needs_an_account()
    {
        var paid = Resent(Transfer(Checked(hasArrears: true, isFormers: true)), s_nothing);
        Assert.Equal(LegWork.PreCheck, paid.Work);

        var others = Checked(hasArrears: false, isFormers: false);
        Assert.Equal(LegWork.Hold, Resent(Transfer(others), s_nothing).Work);
        var again = Resent(Transfer(others), new ResendCommand(new LegResendRequest { Account = "A-2" }, []));
        Assert.Equal(LegWork.PreCheck, again.Work);
        var cleared = LegTable.After(
            again,
            new StepResult.Account(new TransferCheck(HasArrears: false, IsStillFormerHolders: true)),
            SomeLegs.Polled,
            s_now
        );
        Assert.Equal((LegWork.Send, s_now), (cleared.Work, Assert.Single(cleared.Problems).ClosedAt));
    }

    [Theory]
    [InlineData(true, CheckOutcome.Match)]
    [InlineData(null, CheckOutcome.SourceUnavailable)]
    [InlineData(false, CheckOutcome.Mismatch)]
    public void A_seizure_is_not_lifted_by_sending_again(bool? isSeized, CheckOutcome outcome)
    {
        var file = Seized();
        var still = Resend(file, Title(isSeized, outcome));
        Assert.All(still.Legs, leg => Assert.True(TransferLegs.IsSeized(leg)));
        Assert.All(still.Legs, leg => Assert.Equal((LegWork.Hold, null), (leg.Work, leg.WakeAt)));
        Assert.Equal(outcome, Assert.Single(still.Proofs).Outcome);
    }

    [Fact]
    public void A_title_that_is_free_again_lets_every_leg_go_on()
    {
        var freed = Resend(Seized(), Title(isSeized: false, CheckOutcome.Match));
        Assert.All(freed.Legs, leg => Assert.Equal((LegWork.PreCheck, s_now), (leg.Work, leg.WakeAt)));
        Assert.All(freed.Legs, leg => Assert.False(TransferLegs.IsSeized(leg)));
    }

    [Fact]
    public void The_mandate_that_one_leg_brings_fills_the_gap_of_all()
    {
        var lacks = JointFiles.Leg(Utility.Water, LegState.Received, LegWork.Hold) with
        {
            Gaps = [new LegGap(OpenLegs.AgentAuthorisation, "-")],
        };
        var lacksMore = lacks with
        {
            LegId = new LegId("jnt_1", Utility.Gas),
            Utility = Utility.Gas,
            Gaps = [.. lacks.Gaps, new LegGap("need.peakFlow", "-")],
        };
        var network = lacks with { LegId = new LegId("jnt_1", Utility.Network), Utility = Utility.Network };
        var paper = new LegPaper(OpenLegs.AgentAuthorisation, "MANDATE-1", new string('a', 64));
        var result = ResendTransitions.Resend(
            JointFiles.Of(lacks, lacksMore, network),
            Utility.Water,
            new ResendCommand(new LegResendRequest(), [paper]),
            title: null,
            s_now
        );
        Assert.True(result.Succeeded(out var change, out _));
        Assert.Equal("MANDATE-1", change.Joint.Mandate!.Reference);
        Assert.Contains(change.Facts, fact => fact.Subject == "mandate");
        Assert.Equal([LegWork.Send, LegWork.Hold, LegWork.Send], change.Joint.Legs.Select(leg => leg.Work));
        Assert.Equal("need.peakFlow", Assert.Single(change.Joint.Leg(Utility.Gas)!.Gaps).Item);

        Assert.False(
            ResendTransitions
                .Resend(change.Joint, Utility.Water, s_nothing, title: null, s_now)
                .Succeeded(out _, out var refused)
        );
        Assert.Equal("state-conflict", refused!.Code);
    }

    private static Leg Checked(bool hasArrears, bool isFormers) =>
        LegTable.After(
            SomeLegs.In(LegWork.PreCheck),
            new StepResult.Account(new TransferCheck(hasArrears, isFormers)),
            SomeLegs.Polled,
            s_now
        );

    private static JointApplication Transfer(params IReadOnlyList<Leg> legs) =>
        JointFiles.Of(legs) with
        {
            Kind = JointKind.Transfer,
        };

    private static JointApplication Seized() =>
        Transfer(
            TransferLegs.Seized(JointFiles.Leg(Utility.Water, LegState.Received), s_now),
            TransferLegs.Seized(JointFiles.Leg(Utility.Gas, LegState.Received), s_now)
        ) with
        {
            Proofs = [Title(isSeized: true, CheckOutcome.Match)],
        };

    private static FetchedProof Title(bool? isSeized, CheckOutcome outcome) =>
        new("propertyTitle", outcome, s_now, "evd_1") { IsSeized = isSeized };

    private static JointApplication Resend(JointApplication file, FetchedProof title)
    {
        Assert.True(
            ResendTransitions.Resend(file, Utility.Water, s_nothing, title, s_now).Succeeded(out var change, out _)
        );
        return change.Joint;
    }

    private static Leg Resent(JointApplication file, ResendCommand command)
    {
        Assert.True(
            ResendTransitions.Resend(file, Utility.Water, command, title: null, s_now).Succeeded(out var change, out _)
        );
        return change.Joint.Leg(Utility.Water)!;
    }
}
