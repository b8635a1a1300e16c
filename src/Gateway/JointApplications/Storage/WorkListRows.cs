using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Storage;

/// <summary>Work lists follow the legs: a leg stands on the list of its provider exactly as long as its work says so.</summary>
internal static class WorkListRows
{
    /// <summary>What the provider finds on its list; null: the leg is not listed.</summary>
    public static WorkKind? ListedFor(Leg leg) =>
        leg.Work switch
        {
            LegWork.Listed => WorkKind.Application,
            LegWork.ListedVisit => WorkKind.Survey,
            LegWork.ListedWithdrawal => WorkKind.Withdrawal,
            _ => null,
        };

    /// <summary>Takes the leg off the list or puts it there.</summary>
    /// <param name="db">The context of the commit.</param>
    /// <param name="file">The joint application as it will be.</param>
    /// <param name="was">The leg before; null: it is new.</param>
    /// <param name="leg">The leg as it will be.</param>
    public static void Follow(GatewayDb db, JointFile file, Leg? was, Leg leg)
    {
        var before = was is null ? null : ListedFor(was);
        var after = ListedFor(leg);
        if (before == after)
        {
            return;
        }

        if (before is { } old && db.Find<WorkListRow>(leg.LegId, JsonNames.Of(old)) is { } row)
        {
            db.Remove(row);
        }

        if (after is { } work)
        {
            db.Add(
                new WorkListRow
                {
                    LegId = leg.LegId,
                    Utility = JsonNames.Of(leg.Utility),
                    Purpose = file.Purpose,
                    Work = JsonNames.Of(work),
                    Since = leg.Since,
                }
            );
        }
    }
}
