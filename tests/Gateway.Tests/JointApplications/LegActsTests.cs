using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using LegProblem = Integration.Gateway.JointApplications.Model.LegProblem;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>What people do with a leg, in each of its situations.</summary>
public sealed class LegActsTests
{
    private static readonly LegProblem s_refused = new()
    {
        Problem = "refused",
        Text = "broken",
        Since = SomeLegs.Now,
    };

    [Theory]
    [InlineData("never sent, held", true)]
    [InlineData("never sent, waiting", true)]
    [InlineData("refused", true)]
    [InlineData("sent, nobody answered, waiting", false)]
    [InlineData("asked", false)]
    [InlineData("there", false)]
    [InlineData("listed", false)]
    [InlineData("returned", false)]
    [InlineData("sent again, waiting", false)]
    public void Only_a_leg_that_never_left_us_is_withdrawn_without_the_provider(string situation, bool atOnce)
    {
        var leg = situation switch
        {
            "never sent, held" => SomeLegs.In(LegWork.Hold),
            "never sent, waiting" => SomeLegs.In(LegWork.Send),
            "refused" => SomeLegs.In(LegWork.Hold) with { Problems = [s_refused] },
            "sent, nobody answered, waiting" => SomeLegs.In(LegWork.Send) with { Silences = 1 },
            "asked" => SomeLegs.In(LegWork.Ask),
            "there" => SomeLegs.In(LegWork.Watch, LegState.Accepted),
            "listed" => SomeLegs.In(LegWork.Listed),
            "returned" => SomeLegs.In(LegWork.Hold, LegState.Returned),
            _ => SomeLegs.In(LegWork.Send) with { Sending = 2 },
        };
        Assert.True(LegTransitions.Withdraw(leg, SomeLegs.Now).Succeeded(out var withdrawn, out _));
        Assert.True(withdrawn.IsUnwanted);
        Assert.Equal(
            atOnce
                ? (LegState.Withdrawn, LegWork.Done, default(DateTimeOffset?))
                : (leg.State, LegWork.Withdraw, SomeLegs.Now),
            (withdrawn.State, withdrawn.Work, withdrawn.WakeAt)
        );
    }

    [Theory]
    [InlineData(LegState.Connected)]
    [InlineData(LegState.Closed)]
    public void What_supplies_is_not_taken_back(LegState state)
    {
        Assert.False(
            LegTransitions.Withdraw(SomeLegs.In(LegWork.Watch, state), SomeLegs.Now).Succeeded(out _, out var refused)
        );
        Assert.Equal("state-conflict", refused.Code);
    }

    [Fact]
    public void Taking_back_twice_is_taking_back_once_unless_the_provider_refused()
    {
        var leg = SomeLegs.In(LegWork.AskWithdrawn, LegState.Accepted) with { IsUnwanted = true };
        Assert.True(LegTransitions.Withdraw(leg, SomeLegs.Now).Succeeded(out var same, out _));
        Assert.Same(leg, same);
        Assert.True(
            LegTransitions.Withdraw(leg with { Work = LegWork.Watch }, SomeLegs.Now).Succeeded(out var again, out _)
        );
        Assert.Equal(LegWork.Withdraw, again.Work);
    }

    [Theory]
    [InlineData("gaps", 1)]
    [InlineData("not granted", 1)]
    [InlineData("returned", 2)]
    [InlineData("refused", 2)]
    public void Sent_again_under_a_new_key_only_if_the_provider_has_answered_to_the_old_one(string why, int sending)
    {
        var leg = why switch
        {
            "gaps" => SomeLegs.In(LegWork.Hold) with { Gaps = [new LegGap("consent", "x")] },
            "not granted" => SomeLegs.In(LegWork.Hold) with
            {
                Problems = [s_refused with { Problem = "receiver-not-granted" }],
            },
            "returned" => SomeLegs.In(LegWork.Hold, LegState.Returned) with
            {
                Gaps = [new LegGap("lease", "x")],
                Reference = "R1",
                StatusAt = SomeLegs.Now,
            },
            _ => SomeLegs.In(LegWork.Hold) with { Problems = [s_refused] },
        };
        var paper = new LegPaper("lease", "doc-1", new string('a', 64));
        Assert.True(LegTransitions.Resend(leg, [], [paper], SomeLegs.Now).Succeeded(out var resent, out _));
        Assert.Equal((LegWork.Send, SomeLegs.Now, sending), (resent.Work, resent.WakeAt, resent.Sending));
        Assert.Equal(LegState.Received, resent.State);
        Assert.Equal([paper], resent.Papers);
        Assert.All(resent.Problems, problem => Assert.NotNull(problem.ClosedAt));
        if (why == "returned")
        {
            Assert.Equal((SomeLegs.Now, null), (resent.StaleUntil, resent.Reference));
        }
    }

    [Fact]
    public void With_a_gap_left_it_is_still_held()
    {
        var gap = new LegGap("need.peakFlow", "x");
        Assert.True(
            LegTransitions.Resend(SomeLegs.In(LegWork.Hold), [gap], [], SomeLegs.Now).Succeeded(out var held, out _)
        );
        Assert.Equal((LegWork.Hold, 1), (held.Work, held.Sending));
        Assert.Equal([gap], held.Gaps);
    }

    [Theory]
    [InlineData("Send")]
    [InlineData("Ask")]
    [InlineData("Listed")]
    [InlineData("Watch")]
    [InlineData("Withdraw")]
    [InlineData("AskWithdrawn")]
    [InlineData("ListedWithdrawal")]
    [InlineData("Done")]
    public void What_waits_for_nothing_of_the_applicant_is_not_sent_again(string work)
    {
        var leg = SomeLegs.In(Enum.Parse<LegWork>(work), LegState.Accepted);
        Assert.False(LegTransitions.Resend(leg, [], [], SomeLegs.Now).Succeeded(out _, out var refused));
        Assert.Equal("state-conflict", refused.Code);
    }

    [Fact]
    public void Taking_off_the_work_list_ends_the_waiting_and_nothing_else()
    {
        Assert.Equal(LegWork.Watch, LegTransitions.Taken(SomeLegs.In(LegWork.Listed), SomeLegs.Now).Work);
        var withdrawn = LegTransitions.Taken(SomeLegs.In(LegWork.ListedWithdrawal, LegState.Surveyed), SomeLegs.Now);
        Assert.Equal((LegState.Withdrawn, LegWork.Done), (withdrawn.State, withdrawn.Work));
        var watched = SomeLegs.In(LegWork.Watch);
        Assert.Same(watched, LegTransitions.Taken(watched, SomeLegs.Now));
    }
}
