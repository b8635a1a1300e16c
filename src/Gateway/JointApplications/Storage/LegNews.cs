using System.Globalization;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Storage;

/// <summary>What the hall is told of two versions of a joint application: which legs moved, and that all are connected. Pure.</summary>
internal static class LegNews
{
    public static IEnumerable<Notice> Of(JointFile before, JointFile after, DateTimeOffset now)
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
            yield return JointNews.Of(after, NoticeTypes.JointConnected, now);
        }
    }

    private static bool IsConnected(JointFile file) => file.State is JointState.Connected or JointState.Closed;

    /// <summary>What is missing is the provider's own text, so it is counted here and read with a grant.</summary>
    private static Notice Moved(JointFile file, Leg was, Leg leg, DateTimeOffset now)
    {
        var isReturned = leg.State == LegState.Returned;
        return JointNews.Of(
            file,
            isReturned ? NoticeTypes.JointReturned : NoticeTypes.JointLegChanged,
            now,
            ("legId", leg.LegId),
            ("utility", JsonNames.Of(leg.Utility)),
            ("before", JsonNames.Of(was.State)),
            ("state", JsonNames.Of(leg.State)),
            ("missing", isReturned ? leg.Gaps.Count.ToString(CultureInfo.InvariantCulture) : null)
        );
    }
}
