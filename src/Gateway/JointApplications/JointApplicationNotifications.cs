using System.Globalization;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications;

/// <summary>What the hall is told of two versions of a joint application: which legs moved, and that all are connected. Pure.</summary>
internal static class JointApplicationNotifications
{
    public static IEnumerable<Notice> Between(JointApplication before, JointApplication after, DateTimeOffset now)
    {
        foreach (var leg in after.Legs)
        {
            if (before.Leg(leg.Utility) is { } was && was.State != leg.State)
            {
                yield return Moved(after, was, leg, now);
            }
        }

        if (IsConnected(after) && !IsConnected(before))
        {
            yield return JointNotice.Create(after, NoticeTypes.JointConnected, now);
        }
    }

    private static bool IsConnected(JointApplication joint) => joint.State is JointState.Connected or JointState.Closed;

    /// <summary>What is missing is the provider's own text, so it is counted here and read with a grant.</summary>
    private static Notice Moved(JointApplication joint, Leg was, Leg leg, DateTimeOffset now)
    {
        var isReturned = leg.State == LegState.Returned;
        return JointNotice.Create(
            joint,
            isReturned ? NoticeTypes.JointReturned : NoticeTypes.JointLegChanged,
            now,
            ("legId", leg.LegId.ToString()),
            ("utility", JsonNames.From(leg.Utility)),
            ("before", JsonNames.From(was.State)),
            ("state", JsonNames.From(leg.State)),
            ("missing", isReturned ? leg.Gaps.Count.ToString(CultureInfo.InvariantCulture) : null)
        );
    }
}
