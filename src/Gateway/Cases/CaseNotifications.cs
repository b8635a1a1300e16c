using System.Globalization;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Notices;

namespace Integration.Gateway.Cases;

/// <summary>What the gateway tells of a case by itself, beside what its steps tell: numbers and codes, nothing personal. Pure.</summary>
internal static class CaseNotifications
{
    /// <summary>The inspection of a case found something.</summary>
    public static Notice Flagged(Case found, string flag, DateTimeOffset at) =>
        CaseNotices.From(found, NoticeTypes.ClockEscalated, at, new(StringComparer.Ordinal) { ["reason"] = flag });

    /// <summary>So many clocks of a team turned yellow in a row that it is red.</summary>
    /// <param name="last">The case of the last of them.</param>
    public static Notice TeamIsRed(Case last, string team, int yellows, DateTimeOffset at) =>
        CaseNotices.From(
            last,
            NoticeTypes.ClockEscalated,
            at,
            new(StringComparer.Ordinal)
            {
                ["reason"] = "team-red",
                ["team"] = team,
                ["yellows"] = yellows.ToString(CultureInfo.InvariantCulture),
            }
        );
}
