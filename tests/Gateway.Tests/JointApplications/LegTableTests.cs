using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Dispatch;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>Every cell of the table.</summary>
public sealed class LegTableTests
{
    [Theory]
    [InlineData("Hold", "None", "None", "None")]
    [InlineData("Send", "Send", "Send", "List")]
    [InlineData("Ask", "Find", "Find", "Find")]
    [InlineData("Listed", "None", "None", "None")]
    [InlineData("Watch", "None", "Poll", "None")]
    [InlineData("Withdraw", "Withdraw", "Withdraw", "ListWithdrawal")]
    [InlineData("AskWithdrawn", "Find", "Find", "Find")]
    [InlineData("ListedWithdrawal", "None", "None", "None")]
    [InlineData("Done", "None", "None", "None")]
    public void Work_and_habits_say_what_is_done(string work, string pushes, string polled, string pulls)
    {
        var parsed = Enum.Parse<LegWork>(work);
        Assert.Equal(pushes, LegTable.StepOf(parsed, SomeLegs.Pushes).ToString());
        Assert.Equal(polled, LegTable.StepOf(parsed, SomeLegs.Polled).ToString());
        Assert.Equal(pulls, LegTable.StepOf(parsed, SomeLegs.Pulls).ToString());
    }

    // What a leg is after a step, as: work state wake-up silences problem.
    [Theory]
    [InlineData("Send", "arrived", "Watch Received look 0")]
    [InlineData("Send", "incomplete", "Send Received +60s 3")]
    [InlineData("Send", "missing", "Hold Returned never 0")]
    [InlineData("Send", "withdrawn", "Done Withdrawn never 0")]
    [InlineData("Send", "notThere", "Send Received +60s 3")]
    [InlineData("Send", "notSent", "Send Received +60s 3")]
    [InlineData("Send", "silent", "Ask Received +60s 3")]
    [InlineData("Send", "refused", "Hold Received never 0 refused")]
    [InlineData("Ask", "arrived", "Watch Received look 0")]
    [InlineData("Ask", "incomplete", "Send Received +0s 2")]
    [InlineData("Ask", "missing", "Hold Returned never 0")]
    [InlineData("Ask", "withdrawn", "Done Withdrawn never 0")]
    [InlineData("Ask", "notThere", "Send Received +0s 2")]
    [InlineData("Ask", "notSent", "Ask Received +60s 3")]
    [InlineData("Ask", "silent", "Ask Received +60s 3")]
    [InlineData("Ask", "refused", "Ask Received +60s 3")]
    [InlineData("Withdraw", "arrived", "AskWithdrawn Received +60s 3")]
    [InlineData("Withdraw", "incomplete", "AskWithdrawn Received +60s 3")]
    [InlineData("Withdraw", "missing", "AskWithdrawn Received +60s 3")]
    [InlineData("Withdraw", "withdrawn", "Done Withdrawn never 0")]
    [InlineData("Withdraw", "notThere", "Done Withdrawn never 0")]
    [InlineData("Withdraw", "notSent", "Withdraw Received +60s 3")]
    [InlineData("Withdraw", "silent", "AskWithdrawn Received +60s 3")]
    [InlineData("Withdraw", "refused", "Watch Received look 0 withdrawal-refused")]
    [InlineData("AskWithdrawn", "arrived", "Withdraw Received +0s 2")]
    [InlineData("AskWithdrawn", "incomplete", "Withdraw Received +0s 2")]
    [InlineData("AskWithdrawn", "missing", "Withdraw Received +0s 2")]
    [InlineData("AskWithdrawn", "withdrawn", "Done Withdrawn never 0")]
    [InlineData("AskWithdrawn", "notThere", "Withdraw Received +0s 2")]
    [InlineData("AskWithdrawn", "notSent", "AskWithdrawn Received +60s 3")]
    [InlineData("AskWithdrawn", "silent", "AskWithdrawn Received +60s 3")]
    [InlineData("AskWithdrawn", "refused", "AskWithdrawn Received +60s 3")]
    public void Work_and_result_say_what_the_leg_is_then(string work, string result, string expected)
    {
        foreach (var habits in new[] { SomeLegs.Pushes, SomeLegs.Polled })
        {
            var leg = SomeLegs.In(Enum.Parse<LegWork>(work)) with { Silences = 2 };
            var after = LegTable.After(leg, ResultOf(result), habits, SomeLegs.Now);
            var look = habits.PollEvery is { } pause ? $"+{pause.TotalSeconds}s" : "never";
            Assert.Equal(expected.Replace("look", look, StringComparison.Ordinal), Text(after));
        }
    }

    [Theory]
    [InlineData("Send", "Listed")]
    [InlineData("Offer", "ListedVisit")]
    [InlineData("Withdraw", "ListedWithdrawal")]
    public void A_provider_without_a_connection_has_a_work_list(string work, string listed)
    {
        var provider = new Providers([]).For(Utility.Gas);
        Assert.Equal(
            new LegAction.List(Enum.Parse<LegWork>(listed)),
            LegTable.ActionOf(Enum.Parse<LegWork>(work), provider)
        );
        Assert.Equal(new LegAction.None(), LegTable.ActionOf(LegWork.Hold, provider));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 15)]
    [InlineData(2, 60)]
    [InlineData(3, 300)]
    [InlineData(4, 900)]
    [InlineData(400, 900)]
    public void Pauses_grow_and_never_end(int silences, int seconds)
    {
        var later = LegTable.Later(SomeLegs.In(LegWork.Ask) with { Silences = silences }, SomeLegs.Now);
        Assert.Equal(SomeLegs.Now.AddSeconds(seconds), later.WakeAt);
        Assert.Equal(silences + 1, later.Silences);
    }

    [Theory]
    [InlineData("Send", "Ask")]
    [InlineData("Withdraw", "AskWithdrawn")]
    public void A_step_that_changes_something_is_asked_for_should_it_never_end(string work, string begun)
    {
        var leg = SomeLegs.In(Enum.Parse<LegWork>(work));
        var after = LegTable.Begun(leg, LegTable.StepOf(leg.Work, SomeLegs.Pushes), SomeLegs.Now);
        Assert.Equal(begun, after.Work.ToString());
        Assert.Equal(SomeLegs.Now + LegTable.StepPatience, after.WakeAt);
        Assert.Equal(leg.Key, after.Key);
    }

    [Theory]
    [InlineData("Ask")]
    [InlineData("AskWithdrawn")]
    [InlineData("Watch")]
    public void A_question_leaves_the_leg_as_it_is(string work)
    {
        var leg = SomeLegs.In(Enum.Parse<LegWork>(work));
        Assert.Same(leg, LegTable.Begun(leg, LegTable.StepOf(leg.Work, SomeLegs.Polled), SomeLegs.Now));
    }

    [Fact]
    public void What_a_provider_misses_is_told_once_as_gaps()
    {
        var after = LegTable.After(
            SomeLegs.In(LegWork.Send),
            SomeLegs.Arrived(missing: ["lease", "account"]),
            SomeLegs.Pushes,
            SomeLegs.Now
        );
        Assert.Equal(["lease", "account"], after.Gaps.Select(gap => gap.Item));
        Assert.Equal(SomeLegs.Now, after.StatusAt);
    }

    [Fact]
    public void A_refused_withdrawal_is_one_problem_until_it_is_taken_back()
    {
        var refused = ResultOf("refused");
        var leg = SomeLegs.In(LegWork.Withdraw, LegState.Accepted);
        var once = LegTable.After(leg, refused, SomeLegs.Pushes, SomeLegs.Now);
        var twice = LegTable.After(once with { Work = LegWork.Withdraw }, refused, SomeLegs.Pushes, SomeLegs.Now);
        Assert.Single(twice.Problems, problem => problem.ClosedAt is null);
        var done = LegTable.After(
            twice with
            {
                Work = LegWork.Withdraw,
            },
            ResultOf("withdrawn"),
            SomeLegs.Pushes,
            SomeLegs.Now
        );
        Assert.All(done.Problems, problem => Assert.Equal(SomeLegs.Now, problem.ClosedAt));
    }

    [Theory]
    [InlineData(FailureStage.Connect, 1, "NotSent")]
    [InlineData(FailureStage.Secret, 0, "NotSent")]
    [InlineData(FailureStage.Maintenance, 0, "NotSent")]
    [InlineData(FailureStage.TimeOut, 1, "Silent")]
    [InlineData(FailureStage.Status, 1, "Silent")]
    [InlineData(FailureStage.Parse, 1, "Silent")]
    public void Only_what_never_left_us_may_be_sent_again_without_a_question(
        FailureStage stage,
        int attempts,
        string expected
    )
    {
        var trace = new CallTrace("water", "order", "1", SomeLegs.Now, SomeLegs.Now, attempts, null, null);
        var failure = new AgencyFailure(stage, FailureSide.Agency, "x");
        var result = StepResult.From(new AgencyAnswer<LegReceipt>.Unanswered(trace, failure));
        Assert.Equal(expected, result.GetType().Name);
    }

    private static string Text(Leg leg) =>
        string.Join(
            ' ',
            [
                leg.Work.ToString(),
                leg.State.ToString(),
                leg.WakeAt is { } moment ? $"+{(moment - SomeLegs.Now).TotalSeconds}s" : "never",
                leg.Silences.ToString(System.Globalization.CultureInfo.InvariantCulture),
                .. leg.Problems.Select(problem => problem.Problem),
            ]
        );

    private static StepResult ResultOf(string result) =>
        result switch
        {
            "arrived" => SomeLegs.Arrived(),
            "incomplete" => SomeLegs.Arrived(isComplete: false),
            "missing" => SomeLegs.Arrived(missing: "lease"),
            "withdrawn" => SomeLegs.Arrived(isWithdrawn: true),
            "notThere" => new StepResult.NotThere(),
            "notSent" => new StepResult.NotSent(SomeLegs.Failure),
            "silent" => new StepResult.Silent(SomeLegs.Failure),
            _ => new StepResult.Refused(SomeLegs.Failure),
        };
}
