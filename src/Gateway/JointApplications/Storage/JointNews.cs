using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Storage;

/// <summary>What the hall is told of two versions of a joint application. Pure.</summary>
internal static class JointNews
{
    public static IEnumerable<Notice> Of(JointFile before, JointFile after, DateTimeOffset now)
    {
        foreach (var leg in after.Legs)
        {
            if (before.Leg(leg.Utility) is { } was && was.State != leg.State)
            {
                yield return Notice(
                    leg.State == LegState.Returned ? NoticeTypes.JointReturned : NoticeTypes.JointLegChanged,
                    after,
                    now,
                    Details(was, leg)
                );
            }
        }

        if (IsConnected(after) && !IsConnected(before))
        {
            yield return Notice(NoticeTypes.JointConnected, after, now, []);
        }
    }

    private static bool IsConnected(JointFile file) => file.State is JointState.Connected or JointState.Closed;

    /// <summary>What is missing is the provider's own text, so it is counted here and read with a grant.</summary>
    private static Dictionary<string, string?> Details(Leg was, Leg leg) =>
        new(StringComparer.Ordinal)
        {
            ["legId"] = leg.LegId,
            ["utility"] = JsonNames.Of(leg.Utility),
            ["before"] = JsonNames.Of(was.State),
            ["state"] = JsonNames.Of(leg.State),
            ["missing"] =
                leg.State == LegState.Returned
                    ? leg.Gaps.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : null,
        };

    private static Notice Notice(string type, JointFile file, DateTimeOffset at, Dictionary<string, string?> details) =>
        new()
        {
            Type = type,
            CallerId = file.CallerId,
            CaseId = file.CaseId,
            At = at,
            Data = new Dictionary<string, string?>(details, StringComparer.Ordinal)
            {
                ["jointApplicationId"] = file.JointId,
                ["jointState"] = JsonNames.Of(file.State),
            },
        };
}
