using System.Globalization;

namespace Integration.Sandbox.Agencies.Providers;

/// <summary>How providers write a moment.</summary>
internal static class ChinaTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    public static string Text(DateTimeOffset at) =>
        at.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>yyyyMMddHHmmss</c>.</summary>
    public static string Compact(DateTimeOffset at) =>
        at.ToOffset(Offset).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>Null when the text is not <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTime.TryParseExact(
            text,
            "yyyy-MM-dd HH:mm:ss",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var local
        )
            ? new DateTimeOffset(local, Offset)
            : null;
}
