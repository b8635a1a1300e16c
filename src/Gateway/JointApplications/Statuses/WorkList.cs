using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Answering;
using Integration.Gateway.JointApplications.Changing;
using Integration.Gateway.JointApplications.HandingOver;
using Integration.Gateway.JointApplications.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications.Statuses;

/// <summary>The work list of a provider that pulls: looking takes nothing off, only taking does.</summary>
internal sealed class WorkList(
    JointBook book,
    LegHandover handover,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time
)
{
    private const int Page = 100;

    /// <summary>What waits, oldest first; each look is on record with what was shown.</summary>
    public async Task<Result<WorkListAnswer>> Show(Utility utility, CancellationToken cancellationToken)
    {
        var name = JsonNames.Of(utility);
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<WorkListRow>()
            .AsNoTracking()
            .Where(row => row.Utility == name)
            .OrderBy(row => row.Since)
            .Take(Page)
            .ToListAsync(cancellationToken);
        var items = new List<WorkItem>(rows.Count);
        foreach (var row in rows)
        {
            var shown = await Item(row, utility, cancellationToken);
            if (!shown.Succeeded(out var item, out var refusal))
            {
                if (refusal.Retry == Contracts.Problems.RetryAdvice.Safe)
                {
                    return refusal;
                }

                continue; // ended, or this receiver may not have it any more
            }

            items.Add(item);
        }

        return new WorkListAnswer { Items = items };
    }

    /// <summary>The provider has taken an item; taking it again does nothing.</summary>
    public async Task<Result<LegStatusAnswer>> Take(Utility utility, string legId)
    {
        if (LegIds.Parse(legId) is not var (jointId, of) || of != utility)
        {
            return Refusal.NotFound("This leg");
        }

        var now = StoredTime.Of(time.GetUtcNow());
        var effect = StatusEffect.Repeated;
        var taken = await book.Change(
            jointId,
            file =>
            {
                if (file.Leg(utility) is not { } leg)
                {
                    return Refusal.NotFound("This leg");
                }

                var after = LegActs.Taken(leg, now);
                effect = ReferenceEquals(after, leg) ? StatusEffect.Repeated : StatusEffect.Applied;
                return effect == StatusEffect.Repeated
                    ? JointChange.None(file)
                    : new JointChange(file.With(after)) { Facts = [new JointFact(JsonNames.Of(utility), "taken")] };
            }
        );
        return taken.Succeeded(out var file, out var refusal)
            ? new LegStatusAnswer
            {
                StatusId = "taken",
                Effect = effect,
                State = file.Leg(utility)!.State,
            }
            : refusal;
    }

    private static SurveyAnswer? Visit(WorkListRow row, JointFile file) =>
        row.Work == JsonNames.Of(WorkKind.Survey) ? VisitAnswer.Of(file) : null;

    private async Task<Result<WorkItem>> Item(WorkListRow row, Utility utility, CancellationToken cancellationToken)
    {
        var jointId = LegIds.Parse(row.LegId)!.Value.JointId;
        if (await book.Find(jointId, cancellationToken) is not { } file || file.Leg(utility) is not { } leg)
        {
            return Refusal.NotFound("This leg");
        }

        if (!(await handover.OrderOf(file, leg, cancellationToken)).Succeeded(out var handed, out var notGranted))
        {
            return notGranted;
        }

        var onRecord = await book.Change(
            jointId,
            current =>
                current.Leg(utility) is { } now && now.Handed.SequenceEqual(handed.Proofs, StringComparer.Ordinal)
                    ? JointChange.None(current)
                    : new JointChange(current.With(current.Leg(utility)! with { Handed = handed.Proofs }))
                    {
                        Facts =
                        [
                            new JointFact(JsonNames.Of(utility), "shown", handed.Names) { Grants = handed.Grants },
                        ],
                    }
        );
        return onRecord.Succeeded(out _, out var refusal)
            ? new WorkItem
            {
                LegId = row.LegId,
                Work = JsonNames.Find<WorkKind>(row.Work)!.Value,
                Since = ChinaTime.In(row.Since),
                Kind = file.Kind,
                Need = handed.Order.Need,
                Fields = handed.Order.Fields,
                Proofs = handed.Order.Proofs,
                From = Visit(row, file)?.From,
                Until = Visit(row, file)?.Until,
            }
            : refusal;
    }
}
