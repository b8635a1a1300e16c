using System.Globalization;

namespace Integration.Adapters.Http.Wire;

/// <summary>A moment as agencies write it: China's time without a zone, or with one.</summary>
internal static class WireTime
{
    private const int FirstRealYear = 1901;
    private const int EpochMillisecondDigits = 13;
    private const string Usual = "yyyy-MM-dd HH:mm:ss";
    private const string Zoned = "yyyy-MM-ddTHH:mm:sszzz";

    private static readonly string[] s_formats =
    [
        Usual,
        "yyyy-MM-dd HH:mm",
        "yyyyMMddHHmmss",
        "yyyy/MM/dd HH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss",
    ];

    /// <summary>Null when it is none of the spellings seen, and for years up to 1900, which mean that there is none.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        WireText.Clean(text) is { } time && Exact(time) is { Year: >= FirstRealYear } moment ? moment : null;

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c>, China's time.</summary>
    public static string Text(DateTimeOffset at) =>
        at.ToOffset(WireDate.ChinaOffset).ToString(Usual, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Exact(string time)
    {
        if (time.Length == EpochMillisecondDigits && time.All(char.IsAsciiDigit))
        {
            return DateTimeOffset
                .FromUnixTimeMilliseconds(long.Parse(time, CultureInfo.InvariantCulture))
                .ToOffset(WireDate.ChinaOffset);
        }

        if (
            DateTime.TryParseExact(time, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Year >= FirstRealYear
        )
        {
            return new DateTimeOffset(local, WireDate.ChinaOffset);
        }

        return DateTimeOffset.TryParseExact(
            time,
            Zoned,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var zoned
        )
            ? zoned
            : null;
    }
}
