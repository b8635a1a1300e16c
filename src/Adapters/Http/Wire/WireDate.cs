using System.Globalization;

namespace Integration.Adapters.Http.Wire;

/// <summary>A date field as agencies send it.</summary>
internal static class WireDate
{
    private const int FirstRealYear = 1901;
    private const int EpochMillisecondDigits = 13;

    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd",
        "yyyy/MM/dd",
        "yyyy/M/d",
        "yyyy-M-d",
        "yyyy年M月d日",
        "yyyyMMdd",
        "yyyyMMddHHmmss",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss.f",
        "yyyy/MM/dd HH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss",
    ];

    /// <summary>The zone every agency here keeps its dates in; China has had no summer time since 1991.</summary>
    public static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>The present date in China.</summary>
    public static DateOnly Today(TimeProvider time) =>
        DateOnly.FromDateTime(time.GetUtcNow().ToOffset(ChinaOffset).DateTime);

    /// <summary>
    /// The date in any of the spellings seen: <c>yyyy-MM-dd</c> and its relatives, <c>yyyyMMddHHmmss</c>, epoch
    /// milliseconds. Null when it is none of them, and for years up to 1900: 1899-12-30 and 1900-01-01 are what
    /// databases put where there is no date.
    /// </summary>
    public static DateOnly? Parse(string? text)
    {
        var date = WireText.Clean(text);
        if (date is null)
        {
            return null;
        }

        var parsed =
            date.Length == EpochMillisecondDigits && date.All(char.IsAsciiDigit)
                ? DateTimeOffset
                    .FromUnixTimeMilliseconds(long.Parse(date, CultureInfo.InvariantCulture))
                    .ToOffset(ChinaOffset)
                    .DateTime
                : Exact(date);
        return parsed is { Year: >= FirstRealYear } real ? DateOnly.FromDateTime(real) : null;
    }

    private static DateTime? Exact(string date) =>
        DateTime.TryParseExact(date, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact)
            ? exact
            : null;
}
