using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications;

/// <summary>Takes a leg off its provider's list, or puts it there: it stands there exactly as long as its work says so.</summary>
/// <param name="After">The joint application as it will be.</param>
/// <param name="Was">The leg before; null: it is new.</param>
/// <param name="Leg">The leg as it will be.</param>
internal sealed record WorkListWrite(JointApplication After, Leg? Was, Leg Leg) : IRowWrite
{
    /// <summary>Whether there is anything to write.</summary>
    public bool IsNeeded => Before != Now;

    private WorkKind? Before => Was is null ? null : ListedFor(Was);

    private WorkKind? Now => ListedFor(Leg);

    /// <summary>What the provider finds on its list; null: the leg is not listed.</summary>
    public static WorkKind? ListedFor(Leg leg) =>
        leg.Work switch
        {
            LegWork.Listed => WorkKind.Application,
            LegWork.ListedVisit => WorkKind.Survey,
            LegWork.ListedWithdrawal => WorkKind.Withdrawal,
            _ => null,
        };

    public void WriteTo(GatewayDb db)
    {
        if (Before is { } old && db.Find<WorkListRow>(Leg.LegId.ToString(), JsonNames.From(old)) is { } row)
        {
            db.Remove(row);
        }

        if (Now is { } work)
        {
            db.Add(
                new WorkListRow
                {
                    LegId = Leg.LegId.ToString(),
                    Utility = JsonNames.From(Leg.Utility),
                    Purpose = After.Purpose,
                    Work = JsonNames.From(work),
                    Since = Leg.Since,
                }
            );
        }
    }
}
