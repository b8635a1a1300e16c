using System.Globalization;
using Integration.Gateway.Policy;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// Takes down the fees that a status names. One that may be charged stays with the leg; one that may not never gets there: it is a
/// problem to be closed out, each time it is charged. Pure.
/// </summary>
internal static class LegFees
{
    /// <summary>Applies the fees of a status, whether or not it moved the leg: a late bill is a bill.</summary>
    /// <param name="before">The leg before the status.</param>
    /// <param name="leg">The leg after it.</param>
    /// <param name="status">The status.</param>
    /// <param name="policy">The policy of the day on which the application was accepted.</param>
    /// <param name="now">When it came.</param>
    public static (Leg Leg, IReadOnlyList<FeeObjection> Raised) Apply(
        Leg before,
        Leg leg,
        ReportedStatus status,
        FeePolicy policy,
        DateTimeOffset now
    )
    {
        var (fees, problems, raised) = (leg.Fees.ToList(), leg.Problems.ToList(), new List<FeeObjection>());
        foreach (var fee in status.Fees)
        {
            if (policy.ObjectionTo(leg.Utility, fee.Name) is not { } objection)
            {
                Keep(fees, fee, isLatest: before.StatusAt is not { } last || status.At >= last);
            }
            else if (
                Problem(fee, objection, now) is var problem
                && !problems.Exists(known => Covers(known, problem, status))
            )
            {
                problems.Add(problem);
                raised.Add(objection);
            }
        }

        var isSame = raised.Count == 0 && fees.SequenceEqual(leg.Fees);
        return (isSame ? leg : leg with { Fees = fees, Problems = problems }, raised);
    }

    /// <summary>The latest word on a fee stands.</summary>
    private static void Keep(List<LegFee> fees, LegFee fee, bool isLatest)
    {
        var known = fees.FindIndex(other => FeePolicy.Normal(other.Name) == FeePolicy.Normal(fee.Name));
        if (known < 0)
        {
            fees.Add(fee);
        }
        else if (isLatest)
        {
            fees[known] = fee;
        }
    }

    /// <summary>Said before and still open, or said before it was closed out.</summary>
    private static bool Covers(LegProblem known, LegProblem problem, ReportedStatus status) =>
        known.Problem == problem.Problem
        && known.Text == problem.Text
        && (known.ClosedAt is not { } closedAt || status.At <= closedAt);

    private static LegProblem Problem(LegFee fee, FeeObjection objection, DateTimeOffset now) =>
        new()
        {
            Problem = LegProblems.ForbiddenFee,
            Text = string.Create(
                CultureInfo.InvariantCulture,
                $"{fee.Name ?? "未列名的收费"} {fee.Amount ?? 0:0.##} 元（{objection.LegalReference}）"
            ),
            Since = now,
        };
}
