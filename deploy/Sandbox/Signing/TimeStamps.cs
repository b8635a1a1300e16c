using System.Globalization;

namespace Integration.Sandbox.Signing;

/// <summary>Reads the time a caller claims and compares it with the agency's clock.</summary>
internal static class TimeStamps
{
    /// <summary>Five minutes: the exchange platform and every dialect that does not say otherwise.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    public static bool AreFresh(string milliseconds, DateTimeOffset now, TimeSpan window) =>
        long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && IsWithin(value, now.ToUnixTimeMilliseconds(), (long)window.TotalMilliseconds);

    public static bool AreFreshSeconds(string seconds, DateTimeOffset now, TimeSpan window) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && IsWithin(value, now.ToUnixTimeSeconds(), (long)window.TotalSeconds);

    private static bool IsWithin(long claimed, long now, long window) =>
        claimed >= now - window && claimed <= now + window;
}
