using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Dispatch;

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
    JointApplicationStore store,
    LegHandover handover,
    Providers providers,
    LookRecorder looks,
    TimeProvider time
)
{
    /// <summary>What waits for the caller, oldest first.</summary>
    /// <returns>The list; 503 <c>evidence-unavailable</c>: the looks are not on record, so nothing is shown.</returns>
    public Task<Result<WorkListResponse>> ShowAsync(OwnLegs own, CancellationToken cancellationToken) =>
        ConcurrencyRetry.RunAsync(async () =>
        {
            var listed = await page.ReadAsync(own.Utility, own.Purposes, cancellationToken);
            var shown = listed.Select(leg => Order(own, leg)).ToList();
            var answer = new WorkListResponse { Items = [.. shown.Select(Item)] };
            var unit = new UnitOfWork();
            foreach (var order in shown)
            {
                HandOver(unit, order);
            }

            return await looks.ShowAsync([.. shown.Select(order => Look(own, order))], answer, unit);
        });

    /// <summary>The caller has taken an item; taking it again, or when it was taken back before it was listed, does nothing.</summary>
    /// <returns>Where the leg stands; 404 as for statuses; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<LegStatusResponse>> TakeAsync(ReportableLeg reportable)
    {
        var own = reportable.Own;
        var utility = reportable.LegId.Utility;
        var now = StoredTime.From(time.GetUtcNow());
        var effect = StatusEffect.Repeated;
        var taken = await store.ChangeAsync(
            reportable.Joint,
            joint =>
            {
                if (
                    own.For(joint.Purpose) is not { } allowance
                    || joint.Leg(utility) is not { } leg
                    || !LegTable.IsTakeable(leg, providers.For(utility).Habits)
                )
                {
                    return ReportableLeg.Absent;
                }

                var after = LegTransitions.Taken(leg, now);
                effect = ReferenceEquals(after, leg) ? StatusEffect.Repeated : StatusEffect.Applied;
                return effect == StatusEffect.Repeated
                    ? JointChange.None(joint)
                    : new JointChange(joint.With(after))
                    {
                        Facts =
                        [
                            new JointFact(JsonNames.From(utility), "taken", $"by {own.Client.Id}")
                            {
                                Grants = allowance.Text,
                            },
                        ],
                    };
            }
        );
        if (!taken.Succeeded(out var joint, out var refusal))
        {
            return refusal.Status == StatusCodes.Status404NotFound ? ReportableLeg.Absent : refusal;
        }

        return JointApplicationResponses.From("taken", effect, joint, utility);
    }

    /// <summary>What the caller's own grants name of a leg; the page holds only purposes that they name.</summary>
    private ShownOrder Order(OwnLegs own, ListedLeg listed)
    {
        var allowance = own.For(listed.Joint.Purpose)!;
        return new ShownOrder(listed, handover.OrderOf(listed.Joint, listed.Leg, allowance));
    }

    private static DataLook Look(OwnLegs own, ShownOrder shown) =>
        new()
        {
            Looker = own.Client,
            Grants = shown.Handed.Grants,
            CaseId = shown.Listed.Joint.CaseId,
            CaseOwner = shown.Listed.Joint.CallerId,
            ParentId = shown.Listed.Leg.LegId.ToString(),
            Purpose = shown.Listed.Joint.Purpose,
            Basis = shown.Listed.Joint.Basis,
            Subject = JsonNames.From(own.Utility),
            Fields = shown.Handed.FieldNames,
            PolicyVersion = shown.Listed.Joint.PolicyVersion,
        };

    /// <summary>Proofs that no client of the utility was shown before are handed over now; the joint application says so to its owner.</summary>
    private void HandOver(UnitOfWork unit, ShownOrder shown)
    {
        var (joint, leg) = (shown.Listed.Joint, shown.Listed.Leg);
        var handed = leg.Handed.Union(shown.Handed.Proofs, StringComparer.Ordinal).ToList();
        if (handed.Count == leg.Handed.Count)
        {
            return;
        }

        var change = new JointChange(joint.With(leg with { Handed = handed }))
        {
            Facts =
            [
                new JointFact(JsonNames.From(leg.Utility), "handed-over", shown.Handed.Names)
                {
                    Grants = shown.Handed.Grants,
                },
            ],
        };
        store.Update(unit, joint, change);
    }

    private static WorkItem Item(ShownOrder shown)
    {
        var (listed, order) = (shown.Listed, shown.Handed.Order);
        var visit = listed.Work == WorkKind.Survey ? SiteVisitResponses.From(listed.Joint) : null;
        return new WorkItem
        {
            LegId = listed.Leg.LegId.ToString(),
            Work = listed.Work,
            Since = ChinaTime.In(listed.Since),
            Kind = listed.Joint.Kind,
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
