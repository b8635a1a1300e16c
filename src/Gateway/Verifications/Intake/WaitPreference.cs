using System.Globalization;
using Integration.Gateway.Platform.Json;
using Microsoft.Extensions.Primitives;

namespace Integration.Gateway.Verifications.Intake;

/// <summary>How long the caller is ready to wait: <c>Prefer: wait=&lt;seconds&gt;</c> (RFC 7240).</summary>
internal static class WaitPreference
{
    /// <summary>The wait asked for, or null when none is; other preferences are not ours to judge.</summary>
    public static TimeSpan? Read(StringValues prefer, FaultList faults)
    {
        var waits = prefer
            .OfType<string>()
            .SelectMany(header =>
                header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            )
            .Where(IsWait)
            .ToList();
        if (waits.Count == 0)
        {
            return null;
        }

        if (waits.Count == 1 && Seconds(waits[0]) is { } seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        faults.Add("header:Prefer", "wait", "wait= is given once, with whole seconds from 1 to 3600.");
        return null;
    }

    private static bool IsWait(string preference) =>
        preference.Split(['=', ';'], 2)[0].Trim().Equals("wait", StringComparison.OrdinalIgnoreCase);

    private static int? Seconds(string preference) =>
        preference.Split('=', 2) is [_, var value]
        && int.TryParse(value.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 1 and <= 3600
            ? seconds
            : null;
}
