using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Grants;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// What an answer does that came after the legs were made. Pure.
/// <code>
///  the answer         | a leg that never left us           | a leg that its provider has
///  no answer          | as before                          | as before
///  right              | is handed the new answer           | keeps what it was handed
///  wrong, not there   | a gap, unless a paper fills it     | problem proof-contradicted
///  title seized       | held by the seizure                | problem proof-contradicted
///  title free, right  | not held by the title any more     | as before
/// </code>
/// </summary>
internal static class LaterProofs
{
    private const string Title = ServiceFields.PropertyTitle;

    /// <summary>The checks worth asking again by themselves: no source answered, and a leg may still use the answer.</summary>
    public static IReadOnlyList<string> Open(JointApplication joint) =>
        joint.Legs.All(IsOver)
            ? []
            : [.. joint.Proofs.Where(proof => IsOpen(joint, proof)).Select(proof => proof.Check)];

    /// <summary>The joint application with proofs that were fetched anew; no leg goes on yet.</summary>
    public static JointChange Lay(JointApplication joint, IReadOnlyList<FetchedProof> fresh, DateTimeOffset now)
    {
        var laid = fresh
            .Where(proof => IsNewer(joint, proof))
            .Aggregate(joint, (known, proof) => Lay(known, proof, now));
        return ProofNotices.Create(joint, laid, fresh, now);
    }

    private static JointApplication Lay(JointApplication joint, FetchedProof proof, DateTimeOffset now) =>
        joint with
        {
            Proofs = [.. joint.Proofs.Where(known => known.Check != proof.Check).Append(proof)],
            Legs =
            [
                .. joint.Legs.Select(leg =>
                    IsOver(leg) ? leg
                    : IsTransfersTitle(joint, proof) ? Titled(leg, proof, now)
                    : Judged(leg, proof, now)
                ),
            ],
        };

    /// <summary>No answer never takes the place of one, and what says nothing of a seizure none of what does.</summary>
    private static bool IsNewer(JointApplication joint, FetchedProof fresh) =>
        joint.Proofs.FirstOrDefault(proof => proof.Check == fresh.Check) is not { } known
        || known.IsSeized == true
        || (
            !(fresh.AsOf < known.AsOf)
            && !(known.SettlesSeizure && !fresh.SettlesSeizure)
            && (fresh.Outcome != CheckOutcome.SourceUnavailable || known.Outcome == CheckOutcome.SourceUnavailable)
        );

    private static bool IsOpen(JointApplication joint, FetchedProof proof) =>
        IsTransfersTitle(joint, proof)
            ? joint.Legs.Any(TransferLegs.AwaitsTitle)
            : proof.Outcome == CheckOutcome.SourceUnavailable;

    private static bool IsTransfersTitle(JointApplication joint, FetchedProof proof) =>
        joint.Kind == JointKind.Transfer && proof.Check == Title;

    private static bool IsOver(Leg leg) => leg.HasEnded || leg.IsUnwanted;

    private static Leg Titled(Leg leg, FetchedProof title, DateTimeOffset now) =>
        title switch
        {
            { IsSeized: true } => Seized(TransferLegs.Answered(leg, now), now),
            { IsSeized: false, Outcome: CheckOutcome.Match } => Freed(TransferLegs.Answered(leg, now), now),
            { LeavesSeizureOpen: true } => Judged(leg, title, now),
            _ => Judged(TransferLegs.Answered(leg, now), title, now),
        };

    private static Leg Seized(Leg leg, DateTimeOffset now) =>
        TransferLegs.IsSeized(leg) ? leg
        : leg.NeverLeft ? TransferLegs.Seized(leg, now)
        : Raised(leg, "不动产已被查封，而申请已转交单位，请与该单位核实", now);

    private static Leg Freed(Leg leg, DateTimeOffset now)
    {
        var freed = TransferLegs.Freed(leg, now);
        return leg.NeverLeft ? freed with { Gaps = [.. leg.Gaps.Where(gap => gap.Item != Title)] } : freed;
    }

    private static Leg Judged(Leg leg, FetchedProof proof, DateTimeOffset now)
    {
        if (OpenLegs.ProofGaps([proof]).FirstOrDefault() is not { } gap)
        {
            return leg;
        }

        if (!leg.NeverLeft)
        {
            return Raised(leg, $"申请转交单位后查明：{ProofWords.For(proof.Check)}与共享数据不一致或未查到", now);
        }

        return leg.Gaps.Any(known => known.Item == gap.Item) || leg.Papers.Any(paper => paper.Proof == gap.Item)
            ? leg
            : leg with
            {
                Work = LegWork.Hold,
                WakeAt = null,
                Gaps = [.. leg.Gaps, gap],
            };
    }

    private static Leg Raised(Leg leg, string text, DateTimeOffset now) =>
        leg.Problems.Any(problem => problem.Problem == LegProblems.ProofContradicted && problem.Text == text)
            ? leg
            : leg with
            {
                Problems =
                [
                    .. leg.Problems,
                    new LegProblem
                    {
                        Problem = LegProblems.ProofContradicted,
                        Text = text,
                        Since = now,
                    },
                ],
            };
}
