using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What goes on record and what the hall is told of answers that came later. Pure.</summary>
internal static class ProofNotices
{
    /// <summary>Said in a notice in place of a problem's name: something is missing that was not.</summary>
    public const string Gap = "gap";

    private static readonly string[] s_notified = [LegProblems.ProofContradicted, LegProblems.Seizure];

    /// <summary>The change that answers make.</summary>
    /// <param name="before">The joint application before.</param>
    /// <param name="after">With the answers.</param>
    /// <param name="fresh">The answers; each is on record, also one that changes nothing.</param>
    /// <param name="now">When.</param>
    public static JointChange Create(
        JointApplication before,
        JointApplication after,
        IReadOnlyList<FetchedProof> fresh,
        DateTimeOffset now
    )
    {
        var raised = After(before, after).ToList();
        return new JointChange(after)
        {
            Facts =
            [
                .. fresh.Select(proof => new JointFact(proof.Check, "asked-again", JsonNames.From(proof.Outcome))),
                .. raised.Select(each => each.Fact),
            ],
            Notices = [.. raised.Select(each => JointNotice.Problem(after, each.Utility, each.Problem, now))],
        };
    }

    /// <summary>What legs have now that they had not.</summary>
    public static IEnumerable<(Utility Utility, string Problem, JointFact Fact)> After(
        JointApplication before,
        JointApplication after
    )
    {
        foreach (var leg in after.Legs)
        {
            var was = before.Leg(leg.Utility)!;
            var utility = JsonNames.From(leg.Utility);
            foreach (var problem in leg.Problems.Skip(was.Problems.Count).Where(IsNotified))
            {
                yield return (leg.Utility, problem.Problem, new JointFact(utility, $"problem {problem.Problem}"));
            }

            foreach (var gap in leg.Gaps.Except(was.Gaps))
            {
                yield return (leg.Utility, Gap, new JointFact(utility, "held", gap.Item));
            }
        }
    }

    private static bool IsNotified(LegProblem problem) => s_notified.Contains(problem.Problem, StringComparer.Ordinal);
}
