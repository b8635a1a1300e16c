using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Model;
using static Integration.Gateway.Tests.Cases.CaseBuilder;

namespace Integration.Gateway.Tests.Cases;

/// <summary>Times that run backwards, and a milestone that no clock lets in twice.</summary>
public class CaseTimesTests
{
    private const string Nine = "2026-11-23T09:00:00+08:00";
    private const string Later = "2026-11-23T17:00:00+08:00";

    [Theory]
    [InlineData("2026-11-23T09:30:00+08:00", false)]
    [InlineData(Nine, false)]
    [InlineData("2026-11-23T08:59:55+08:00", false)] // within what two nodes may differ
    [InlineData("2026-11-23T08:59:54+08:00", true)]
    [InlineData("2026-11-22T09:00:00+08:00", true)]
    public void A_milestone_before_the_one_that_stands_before_it_is_a_step_back(string second, bool isStep)
    {
        var file = Reach(Accepted(Nine), "surveyed", second);

        var steps = CaseTimes.Backwards(file, [], Time(Later)).ToList();

        Assert.Equal(isStep ? 1 : 0, steps.Count);
        Assert.All(steps, step => Assert.StartsWith("milestone surveyed of", step, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026-11-23T09:58:30+08:00", 0)] // its application came before the report, and was committed after it
    [InlineData("2026-11-23T09:57:00+08:00", 1)]
    public void An_acceptance_may_be_committed_after_what_was_reported_while_the_agencies_were_asked(
        string at,
        int steps
    )
    {
        var file = Reach(Accepted(Nine), "surveyed", "2026-11-23T10:00:00+08:00");
        file = file with { Milestones = [.. file.Milestones, new Milestone("accepted", Time(at), "gateway", null)] };

        Assert.Equal(steps, CaseTimes.Backwards(file, [], Time(Later)).Count());
    }

    [Fact]
    public void Records_of_one_node_are_held_against_each_other_and_those_of_two_are_not()
    {
        var (first, second) = (Stop("begun", Nine, 1), Stop("ended", "2026-11-23T08:00:00+08:00", 2));

        Assert.Single(Steps(first, second));
        Assert.Single(Steps(second, first)); // as they were put on record, not as they were read
        Assert.Empty(Steps(first, second with { Chain = "other" }));
        Assert.Single(Steps(first, second, Stop("begun", "2026-11-23T08:30:00+08:00", 3))); // one step, not two
    }

    [Fact]
    public void Colours_and_flags_about_the_clock_are_no_steps_themselves()
    {
        var flag = Record(FactSubjects.Flag, CaseInspection.AlteredTime, "2026-11-23T08:00:00+08:00", 2);
        var colour = Record(FactSubjects.Clock, "yellow", "2026-11-23T08:00:00+08:00", 3);

        Assert.Empty(Steps(Stop("begun", Nine, 1), flag, colour));
        Assert.Single(
            Steps(Stop("begun", Nine, 1), Record(FactSubjects.Flag, "repeated-start", "2026-11-23T08:00:00+08:00", 2))
        );
    }

    [Fact]
    public void A_look_from_before_the_last_report_finds_the_step_and_says_the_same_whenever_it_looks()
    {
        var file = Reach(Accepted(Nine), "surveyed", "2026-11-23T10:00:00+08:00");

        var step = Assert.Single(CaseTimes.Backwards(file, [], Time("2026-11-23T09:30:00+08:00")));
        Assert.Equal([step], CaseTimes.Backwards(file, [], Time("2026-11-23T09:31:00+08:00")));
        Assert.Empty(CaseTimes.Backwards(file, [], Time("2026-11-23T10:00:00+08:00")));
    }

    [Theory]
    [InlineData("2026-11-23T08:00:00+08:00")]
    [InlineData("2025-01-01T00:00:00+08:00")]
    [InlineData(Later)]
    public void A_milestone_is_reached_once_whatever_the_clock_says(string at)
    {
        var reached = Reach(Accepted(Nine), "surveyed", at);

        Assert.False(CaseMilestones.Reach(reached, "surveyed", At(at)).Succeeded(out _, out _));
        Assert.False(CaseMilestones.Reach(reached, "surveyed", At(Nine)).Succeeded(out _, out _));
        Assert.True(CaseMilestones.Reach(reached, "planAnswered", At(at)).Succeeded(out _, out _));
    }

    [Fact]
    public void After_a_new_acceptance_milestones_can_be_reached_again()
    {
        var first = Reach(Accepted(Nine), "surveyed", "2026-11-23T10:00:00+08:00");
        var withdrawn = CaseTransitions.Withdraw(first, Time("2026-11-23T11:00:00+08:00")).File;
        var again = CaseTransitions.Accept(withdrawn, Acceptance("2026-11-24T09:00:00+08:00"), Clock).File;

        var reached = Reach(again, "surveyed", "2026-11-24T10:00:00+08:00");

        Assert.False(CaseMilestones.Reach(reached, "surveyed", At(Later)).Succeeded(out _, out _));
    }

    private static IEnumerable<string> Steps(params CaseRecord[] records) =>
        CaseTimes.Backwards(Accepted("2026-11-20T09:00:00+08:00"), records, Time(Later));

    private static CaseRecord Stop(string outcome, string at, long sequence) =>
        Record(FactSubjects.Stop, outcome, at, sequence);

    private static CaseRecord Record(string subject, string outcome, string at, long sequence) =>
        new(
            FormattableString.Invariant($"evd_{sequence}"),
            new EvidenceFact
            {
                Kind = CaseRecord.Clock,
                CaseId = "HALL-1",
                ParentId = CaseRow.KeyOf("hall", "HALL-1"),
                CallerId = "hall",
                Purpose = "electricity.new-connection",
                Basis = "case",
                Grants = "owner",
                Subject = subject,
                Outcome = outcome,
                PolicyVersion = CaseBuilder.Policy.Version,
                At = Time(at),
            }
        )
        {
            Chain = "local",
            Sequence = sequence,
        };
}
