using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications.Answering;
using Integration.Gateway.JointApplications.Changing;
using Integration.Gateway.JointApplications.HandingOver;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.JointApplications.Working;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Statuses;

/// <summary>
/// The work list of a provider that pulls: looking takes nothing off, only taking does. Both are judged by the grants of the client that calls.
/// <code>
///  caller ──▶ its own legs ──▶ page ──▶ orders, field by field ──▶ one commit: each look, what was handed over for the first time ──▶ items
///                               ▲                                             │
///                               └──────── another request was faster ◀────────┘
/// </code>
/// </summary>
internal sealed class WorkList(
    WorkListPage page,
    JointBook book,
    LegHandover handover,
    Providers providers,
    LookRecorder looks,
    TimeProvider time
)
{
    /// <summary>Each time another request changed one of the legs that are shown.</summary>
    private const int MostAttempts = 20;

    /// <summary>What waits for the caller, oldest first.</summary>
    /// <returns>The list; 503 <c>evidence-unavailable</c>: the looks are not on record, so nothing is shown.</returns>
    public async Task<Result<WorkListAnswer>> Show(OwnLegs own, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var listed = await page.Read(own.Utility, own.Purposes, cancellationToken);
            var shown = listed.Select(leg => Order(own, leg)).ToList();
            var answer = new WorkListAnswer { Items = [.. shown.Select(Item)] };
            var handed = shown.Select(HandedFirst).Aggregate(CommitPart.None, static (all, part) => all + part);
            var released = await looks.Show([.. shown.Select(order => Look(own, order))], answer, handed);
            if (released.Succeeded(out _, out var refusal) || !ReferenceEquals(refusal, Refusal.Overtaken))
            {
                return released;
            }
        }

        return Refusal.Unavailable;
    }

    /// <summary>The caller has taken an item; taking it again, or when it was taken back before it was listed, does nothing.</summary>
    /// <returns>Where the leg stands; 404 as for statuses; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<LegStatusAnswer>> Take(ReportableLeg reportable)
    {
        var own = reportable.Own;
        var (jointId, utility) = LegIds.Parse(reportable.LegId)!.Value;
        var now = StoredTime.Of(time.GetUtcNow());
        var effect = StatusEffect.Repeated;
        var taken = await book.Change(
            jointId,
            file =>
            {
                if (
                    own.For(file.Purpose) is not { } allowance
                    || file.Leg(utility) is not { } leg
                    || !LegTable.IsTakeable(leg, providers.Of(utility).Habits)
                )
                {
                    return ReportableLeg.Absent;
                }

                var after = LegActs.Taken(leg, now);
                effect = ReferenceEquals(after, leg) ? StatusEffect.Repeated : StatusEffect.Applied;
                return effect == StatusEffect.Repeated
                    ? JointChange.None(file)
                    : new JointChange(file.With(after))
                    {
                        Facts =
                        [
                            new JointFact(JsonNames.Of(utility), "taken", $"by {own.Client.Id}")
                            {
                                Grants = allowance.Text,
                            },
                        ],
                    };
            }
        );
        if (!taken.Succeeded(out var file, out var refusal))
        {
            return refusal.Status == StatusCodes.Status404NotFound ? ReportableLeg.Absent : refusal;
        }

        return new LegStatusAnswer
        {
            StatusId = "taken",
            Effect = effect,
            State = file.Leg(utility)!.State,
        };
    }

    /// <summary>What the caller's own grants name of a leg; the page holds only purposes that they name.</summary>
    private ShownOrder Order(OwnLegs own, ListedLeg listed)
    {
        var allowance = own.For(listed.File.Purpose)!;
        var order = LegOrders.Of(listed.File, listed.Leg, handover.Reread(listed.File, listed.Form), allowance);
        return new ShownOrder(listed, new HandedOrder(order, allowance.Text));
    }

    private static DataLook Look(OwnLegs own, ShownOrder shown) =>
        new()
        {
            Looker = own.Client,
            Grants = shown.Handed.Grants,
            CaseId = shown.Listed.File.CaseId,
            CaseOwner = shown.Listed.File.CallerId,
            ParentId = shown.Listed.Leg.LegId,
            Purpose = shown.Listed.File.Purpose,
            Basis = shown.Listed.File.Basis,
            Subject = JsonNames.Of(own.Utility),
            Fields = shown.Handed.FieldNames,
            PolicyVersion = shown.Listed.File.PolicyVersion,
        };

    /// <summary>Proofs that no client of the utility was shown before are handed over now; the joint application says so to its owner.</summary>
    private CommitPart HandedFirst(ShownOrder shown)
    {
        var (file, leg) = (shown.Listed.File, shown.Listed.Leg);
        var handed = leg.Handed.Union(shown.Handed.Proofs, StringComparer.Ordinal).ToList();
        return handed.Count == leg.Handed.Count
            ? CommitPart.None
            : book.Changed(
                file,
                new JointChange(file.With(leg with { Handed = handed }))
                {
                    Facts =
                    [
                        new JointFact(JsonNames.Of(leg.Utility), "handed-over", shown.Handed.Names)
                        {
                            Grants = shown.Handed.Grants,
                        },
                    ],
                }
            ).Part;
    }

    private static WorkItem Item(ShownOrder shown)
    {
        var (listed, order) = (shown.Listed, shown.Handed.Order);
        var visit = listed.Work == WorkKind.Survey ? VisitAnswer.Of(listed.File) : null;
        return new WorkItem
        {
            LegId = listed.Leg.LegId,
            Work = listed.Work,
            Since = ChinaTime.In(listed.Since),
            Kind = listed.File.Kind,
            Need = order.Need,
            Fields = order.Fields,
            Proofs = order.Proofs,
            From = visit?.From,
            Until = visit?.Until,
        };
    }

    private sealed record ShownOrder(ListedLeg Listed, HandedOrder Handed)
    {
        public override string ToString() => nameof(ShownOrder);
    }
}
