using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.JointApplications.Dispatch;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Tests.JointApplications;

public class LaterProofsTests
{
    private const string Title = "propertyTitle";
    private const string Identity = "identity";
    private static readonly DateTimeOffset s_now = SomeLegs.Now;

    private static readonly RecheckPolicy s_recheck = new()
    {
        AfterSeconds = [5, 15],
        ThenEverySeconds = 60,
        UntilDays = 1,
        LegalReference = "-",
    };

    /// <summary>What becomes of a leg that waits for the title: its work, open problem and gap.</summary>
    [Theory]
    [InlineData(CheckOutcome.Match, false, "PreCheck", null, null)]
    [InlineData(CheckOutcome.Match, true, "Hold", "seizure", null)]
    [InlineData(CheckOutcome.Match, null, "Hold", "title-unanswered", null)]
    [InlineData(CheckOutcome.SourceUnavailable, null, "Hold", "title-unanswered", null)]
    [InlineData(CheckOutcome.NotAuthorised, null, "Hold", "title-unanswered", null)]
    [InlineData(CheckOutcome.Mismatch, null, "Hold", "title-unanswered", Title)]
    [InlineData(CheckOutcome.Mismatch, false, "Hold", null, Title)]
    [InlineData(CheckOutcome.Mismatch, true, "Hold", "seizure", null)]
    [InlineData(CheckOutcome.NotFound, null, "Hold", null, Title)]
    [InlineData(CheckOutcome.Ambiguous, null, "Hold", null, Title)]
    public void A_leg_that_waits_for_the_title(
        CheckOutcome outcome,
        bool? isSeized,
        string work,
        string? problem,
        string? gap
    )
    {
        var change = ProofRecheck.Answered(Waiting(), [Proof(Title, outcome, isSeized)], s_now);
        var leg = Assert.Single(change.Joint.Legs);
        Assert.Equal(work, leg.Work.ToString());
        Assert.Equal(problem, leg.Problems.SingleOrDefault(each => each.ClosedAt is null)?.Problem);
        Assert.Equal(gap, leg.Gaps.SingleOrDefault()?.Item);
        Assert.Equal(problem == "title-unanswered" ? [Title] : [], LaterProofs.Open(change.Joint));
        Assert.Contains(change.Facts, fact => (fact.Subject, fact.Outcome) == (Title, "asked-again"));
        Assert.Equal(problem == "seizure" || gap is not null ? 1 : 0, change.Notices.Count);
    }

    [Fact]
    public void A_title_that_the_library_contradicted_and_the_registry_confirms_lets_the_leg_go_on()
    {
        var contradicted = ProofRecheck.Answered(Waiting(), [Proof(Title, CheckOutcome.Mismatch)], s_now).Joint;
        var free = ProofRecheck
            .Answered(contradicted, [Proof(Title, CheckOutcome.Match, isSeized: false)], s_now)
            .Joint;
        Assert.Equal((LegWork.PreCheck, s_now), (free.Legs[0].Work, free.Legs[0].WakeAt));
        Assert.Empty(free.Legs[0].Gaps);
    }

    [Fact]
    public void A_paper_fills_a_gap_before_it_is_one_but_stands_for_no_answer_while_the_registry_is_asked()
    {
        var paper = new LegPaper(Title, "doc-1", new string('a', 64));
        var command = new ResendCommand(new LegResendRequest(), [paper]);
        var silent = Proof(Title, CheckOutcome.SourceUnavailable);
        Assert.True(
            ResendTransitions.Resend(Waiting(), Utility.Water, command, silent, s_now).Succeeded(out var held, out _)
        );
        Assert.Equal([Title], LaterProofs.Open(held.Joint));
        var others = Proof(Title, CheckOutcome.Mismatch, isSeized: false);
        Assert.Equal(LegWork.PreCheck, ProofRecheck.Answered(held.Joint, [others], s_now).Joint.Legs[0].Work);

        var ended = ProofRecheck.Planned(new JointChange(Waiting()), s_recheck, s_now.AddDays(1)).Joint;
        Assert.True(
            ResendTransitions.Resend(ended, Utility.Water, command, silent, s_now).Succeeded(out var sent, out _)
        );
        var leg = Assert.Single(sent.Joint.Legs);
        Assert.Equal((LegWork.PreCheck, "doc-1"), (leg.Work, leg.Problems[0].Reference));
        Assert.Contains(sent.Facts, fact => fact.Outcome == "title-by-paper");
    }

    [Fact]
    public void No_answer_never_takes_the_place_of_one()
    {
        var free = Waiting() with { Proofs = [Proof(Title, CheckOutcome.Match, isSeized: false)] };
        Assert.Equal(free.Proofs, Laid(free, Proof(Title, CheckOutcome.SourceUnavailable)).Proofs);
        Assert.Equal(free.Proofs, Laid(free, Proof(Title, CheckOutcome.Match)).Proofs);
        var older = Proof(Title, CheckOutcome.Match, isSeized: true) with { AsOf = s_now.AddSeconds(-1) };
        Assert.Equal(free.Proofs, Laid(free, older).Proofs);
        var seized = older with { AsOf = s_now.AddSeconds(1) };
        Assert.Equal([seized], Laid(free, seized).Proofs);
    }

    [Theory]
    [InlineData("Hold", true)]
    [InlineData("Send", true)]
    [InlineData("Ask", false)]
    [InlineData("Watch", false)]
    [InlineData("Listed", false)]
    public void A_contradiction_is_a_gap_before_it_is_sent_and_a_problem_to_be_closed_out_after(string work, bool isGap)
    {
        var file = JointFiles.Of(JointFiles.Leg(Utility.Water, LegState.Received, Enum.Parse<LegWork>(work))) with
        {
            Proofs = [Proof(Identity, CheckOutcome.SourceUnavailable)],
        };
        Assert.Equal([Identity], LaterProofs.Open(file));
        var change = ProofRecheck.Answered(file, [Proof(Identity, CheckOutcome.NotFound)], s_now);
        var leg = Assert.Single(change.Joint.Legs);
        Assert.Equal(isGap ? "Hold" : work, leg.Work.ToString());
        Assert.Equal(isGap ? Identity : null, leg.Gaps.SingleOrDefault()?.Item);
        Assert.Equal(isGap ? null : LegProblems.ProofContradicted, leg.Problems.SingleOrDefault()?.Problem);
        Assert.Equal("joint.problem", Assert.Single(change.Notices).Type);
        Assert.Empty(LaterProofs.Open(change.Joint));
        if (!isGap)
        {
            Assert.True(LegTransitions.CloseOut(leg, 1, "R-1", s_now).Succeeded(out var closed, out _));
            Assert.Equal("R-1", closed.Problems[0].Reference);
        }
    }

    [Fact]
    public void Nothing_is_asked_for_legs_that_are_over_and_an_answer_that_is_right_moves_nothing()
    {
        var leg = JointFiles.Leg(Utility.Water, LegState.Closed, LegWork.Done);
        var file = JointFiles.Of(leg) with { Proofs = [Proof(Identity, CheckOutcome.SourceUnavailable)] };
        Assert.Empty(LaterProofs.Open(file));
        Assert.Equal([leg], Laid(file, Proof(Identity, CheckOutcome.Mismatch)).Legs);
        var open = JointFiles.Of(JointFiles.Leg(Utility.Water)) with { Proofs = file.Proofs };
        Assert.Equal(open.Legs, Laid(open, Proof(Identity, CheckOutcome.Match)).Legs);
    }

    [Fact]
    public void It_is_asked_as_often_as_the_policy_says_and_then_the_applicant_has_to_bring_it()
    {
        var file = Waiting();
        var second = ProofRecheck.Planned(new JointChange(file), s_recheck, s_now.AddSeconds(5)).Joint;
        Assert.Equal((1, s_now.AddSeconds(20)), (second.AskedAgain, second.AskAgainAt));
        Assert.Empty(second.Legs[0].Gaps);
        Assert.Equal((WaitsFor.Authority, "title-unanswered"), LegWaits.CauseOf(second.Legs[0]));

        var ended = ProofRecheck.Planned(new JointChange(second), s_recheck, s_now.AddDays(1));
        Assert.Null(ended.Joint.AskAgainAt);
        Assert.Equal(Title, Assert.Single(ended.Joint.Legs[0].Gaps).Item);
        Assert.Equal((WaitsFor.Applicant, "gaps"), LegWaits.CauseOf(ended.Joint.Legs[0]));
        Assert.Equal(["asked-no-more", "held"], ended.Facts.Select(fact => fact.Outcome));
        Assert.Equal("joint.problem", Assert.Single(ended.Notices).Type);
    }

    [Fact]
    public void A_status_is_another_one_when_the_provider_says_something_else_not_when_we_understand_more()
    {
        var first = StatusPoller.Said("""{"statusId":"1","code":"07","state":null}"""u8);
        Assert.Equal(first, StatusPoller.Said("""{"statusId":"1","code":"07","state":3}"""u8));
        Assert.NotEqual(first, StatusPoller.Said("""{"statusId":"1","code":"08","state":null}"""u8));
        Assert.Null(StatusPoller.Said("""{"statusId":"1","legId":"jnt_1.water","state":"accepted"}"""u8));
    }

    private static FetchedProof Proof(string check, CheckOutcome outcome, bool? isSeized = null) =>
        new(check, outcome, s_now, "evd_1") { IsSeized = isSeized };

    private static JointApplication Laid(JointApplication file, FetchedProof fresh) =>
        LaterProofs.Lay(file, [fresh], s_now).Joint;

    private static JointApplication Waiting() =>
        JointFiles.Of(TransferLegs.Untold(JointFiles.Leg(Utility.Water, LegState.Received), s_now)) with
        {
            Kind = JointKind.Transfer,
            Proofs = [Proof(Title, CheckOutcome.SourceUnavailable)],
            AskAgainAt = s_now.AddSeconds(5),
        };
}
