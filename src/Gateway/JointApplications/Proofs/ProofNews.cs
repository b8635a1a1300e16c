using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Proofs;

/// <summary>What goes on record and what the hall is told of answers that came later. Pure.</summary>
internal static class ProofNews
{
    /// <summary>Said in a notice in place of a problem's name: something is missing that was not.</summary>
    public const string Gap = "gap";

    private static readonly string[] s_told = [LaterProofs.Contradicted, TransferLegs.Seizure];

    /// <summary>The change that answers make.</summary>
    /// <param name="before">The joint application before.</param>
    /// <param name="after">With the answers.</param>
    /// <param name="fresh">The answers; each is on record, also one that changes nothing.</param>
    /// <param name="now">When.</param>
    public static JointChange Of(
        JointFile before,
        JointFile after,
        IReadOnlyList<FetchedProof> fresh,
        DateTimeOffset now
    )
    {
        var news = After(before, after).ToList();
        return new JointChange(after)
        {
            Facts =
            [
                .. fresh.Select(proof => new JointFact(proof.Check, "asked-again", JsonNames.Of(proof.Outcome))),
                .. news.Select(told => told.Fact),
            ],
            Notices = [.. news.Select(told => JointNews.Problem(after, told.Utility, told.Problem, now))],
        };
    }

    /// <summary>What legs have now that they had not.</summary>
    public static IEnumerable<(Utility Utility, string Problem, JointFact Fact)> After(
        JointFile before,
        JointFile after
    )
    {
        foreach (var leg in after.Legs)
        {
            var was = before.Leg(leg.Utility)!;
            var utility = JsonNames.Of(leg.Utility);
            foreach (var problem in leg.Problems.Skip(was.Problems.Count).Where(IsTold))
            {
                yield return (leg.Utility, problem.Problem, new JointFact(utility, $"problem {problem.Problem}"));
            }

            foreach (var gap in leg.Gaps.Except(was.Gaps))
            {
                yield return (leg.Utility, Gap, new JointFact(utility, "held", gap.Item));
            }
        }
    }

    private static bool IsTold(LegProblem problem) => s_told.Contains(problem.Problem, StringComparer.Ordinal);
}
