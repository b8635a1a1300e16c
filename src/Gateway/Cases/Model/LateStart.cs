using System.Globalization;
using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases.Model;

/// <summary>Work that began before the case was accepted (体外循环). Pure.</summary>
internal static class LateStart
{
    public const string Flag = "late-start";

    /// <summary>Traces older than this are late by any tolerance; no calendar is needed to say so.</summary>
    private static readonly TimeSpan s_longAgo = TimeSpan.FromDays(366);

    /// <summary>The flag that the first trace of a case deserves; null: none, or it stands already.</summary>
    public static InspectionFlag? In(Case found, ClockPolicy policy, SlaClock clock, ref MissingYear? missing) =>
        found.FirstTraceAt is { } trace ? Find(found, trace, policy, clock, ref missing) : null;

    /// <summary>The same for a trace that was found later.</summary>
    public static InspectionFlag? Find(
        Case found,
        DateTimeOffset trace,
        ClockPolicy policy,
        SlaClock clock,
        ref MissingYear? missing
    )
    {
        if (found.AcceptedAt is not { } accepted || trace >= accepted || found.Flags.Any(flag => flag.Flag == Flag))
        {
            return null;
        }

        var tolerance = new ClockTerms(policy.Acceptance.Kind, Math.Max(1, policy.LateStartToleranceMinutes));
        if (accepted - trace < s_longAgo)
        {
            if (!clock.DueAt(tolerance, trace).Succeeded(out var latest, out var gone))
            {
                missing = gone;
                return null;
            }

            if (accepted <= latest)
            {
                return null;
            }
        }

        return new InspectionFlag(Flag, accepted, TextOf(trace, accepted));
    }

    private static string TextOf(DateTimeOffset trace, DateTimeOffset accepted) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"First trace {ChinaTime.In(trace):yyyy-MM-dd'T'HH:mm:sszzz}, accepted {ChinaTime.In(accepted):yyyy-MM-dd'T'HH:mm:sszzz}."
        );
}
