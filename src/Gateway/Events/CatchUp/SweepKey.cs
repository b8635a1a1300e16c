using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Sources;

namespace Integration.Gateway.Events.CatchUp;

/// <summary>
/// The sweep of one source on one day. Its key is what is kept: a sweep that was missed, or that fails for days, still knows
/// since when it has to ask.
/// </summary>
/// <param name="SourceHash">Short hash of the source's name, which may be longer than a key.</param>
/// <param name="Day">The day in Asia/Shanghai.</param>
internal sealed record SweepKey(string SourceHash, DateOnly Day)
{
    /// <summary>What came to the source's records late, or was timed by another clock.</summary>
    private static readonly TimeSpan s_overlap = TimeSpan.FromHours(1);

    private const string DayFormat = "yyyy-MM-dd";

    public static string HashOf(EventSource source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source.Name)))[..32];

    /// <summary>The next sweep of a source after a moment.</summary>
    public static SweepKey Next(EventSource source, TimeOnly at, DateTimeOffset now)
    {
        var today = ChinaTime.Day(now);
        return new SweepKey(HashOf(source), now < ChinaTime.At(today, at) ? today : today.AddDays(1));
    }

    /// <summary>Reads a timer's key.</summary>
    /// <exception cref="FormatException">Not a key of a sweep.</exception>
    public static SweepKey Parse(string key) =>
        key.Split('/') is [{ Length: 32 } hash, var day]
            ? new SweepKey(hash, DateOnly.ParseExact(day, DayFormat, CultureInfo.InvariantCulture))
            : throw new FormatException("Not the key of a sweep.");

    public DateTimeOffset DueAt(TimeOnly at) => ChinaTime.At(Day, at);

    /// <summary>Since when it asks: the sweep before, and a little more.</summary>
    public DateTimeOffset Since(TimeOnly at) => ChinaTime.At(Day.AddDays(-1), at) - s_overlap;

    public override string ToString() => $"{SourceHash}/{Day.ToString(DayFormat, CultureInfo.InvariantCulture)}";
}
