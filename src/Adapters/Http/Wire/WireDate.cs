using System.Globalization;
using System.Text.RegularExpressions;
using Integration.Contracts.Identifiers.Folding;

namespace Integration.Adapters.Http.Wire;

/// <summary>
/// A date field as agencies send it: the one place where dates of records are read. There is a day, there is none, or the field cannot be
/// read, which is never the same as none.
/// </summary>
internal static partial class WireDate
{
    private const int FirstRealYear = 1901;
    private const int YearWithoutEnd = 9999;
    private const int EpochMillisecondDigits = 13;

    /// <summary>What databases put where there is no date.</summary>
    private static readonly string[] s_placeholders =
    [
        "0000-00-00",
        "0001-01-01",
        "1899-12-30",
        "1899-12-31",
        "1900-01-01",
        "1900-01-00",
    ];

    /// <summary>What certificates print where there is no last day (市场主体登记管理条例 names no term; registers write these).</summary>
    private static readonly string[] s_withoutEnd =
    [
        "长期",
        "长期有效",
        "永久",
        "永久有效",
        "永久存续",
        "无期限",
        "无固定期限",
        "无限期",
        "不约定期限",
        "至长期",
    ];

    /// <summary>What people type where there is nothing.</summary>
    private static readonly string[] s_nothing = ["无", "/", "-", "--", "—", "——"];

    /// <summary>The zone every agency here keeps its dates in; China has had no summer time since 1991.</summary>
    public static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>The present date in China.</summary>
    public static DateOnly Today(TimeProvider time) =>
        DateOnly.FromDateTime(time.GetUtcNow().ToOffset(ChinaOffset).DateTime);

    /// <summary>The day in any of the spellings seen (<see cref="Read"/>); null when there is none or it cannot be read.</summary>
    public static DateOnly? Parse(string? text) => Read(text).OrNull;

    /// <summary>
    /// Reads a field: year, month and day with <c>-</c>, <c>/</c>, <c>.</c> or 年月日 between them or without anything, in any width, alone or with a time of the
    /// day (its zone counts: the day is China's); epoch milliseconds. No text, a placeholder (1899-12-30, 1900-01-01, 0000-00-00) or a sign
    /// for nothing: there is no date. Years up to 1900 otherwise, and everything else: not readable.
    /// </summary>
    public static DateField Read(string? text)
    {
        if (WireText.Clean(text) is not { } sent)
        {
            return DateField.None;
        }

        var date = CharacterFolding.Compatible(sent).Trim();
        if (s_nothing.Contains(date, StringComparer.Ordinal))
        {
            return DateField.None;
        }

        if (date.Length == EpochMillisecondDigits && date.All(char.IsAsciiDigit))
        {
            var moment = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(date, CultureInfo.InvariantCulture));
            return Real(DateOnly.FromDateTime(moment.ToOffset(ChinaOffset).DateTime));
        }

        return
            Spelling().Match(date) is { Success: true } match
            && match.Groups["sign"].Value == match.Groups["same"].Value
            ? FromParts(match)
            : DateField.Unreadable;
    }

    /// <summary>Reads the last day of a term; a word for "without end", or the year 9999, means that there is none.</summary>
    public static DateField ReadEnd(string? text)
    {
        var word = WireText.Clean(text) is { } sent
            ? string.Concat(CharacterFolding.Compatible(sent).Where(c => !char.IsWhiteSpace(c)))
            : null;
        return s_withoutEnd.Contains(word, StringComparer.Ordinal) ? DateField.None
            : Read(text) is var field && field is DateField.Day { Date.Year: YearWithoutEnd } ? DateField.None
            : field;
    }

    private static DateField FromParts(Match match)
    {
        var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));
        if (s_placeholders.Contains($"{year:0000}-{month:00}-{day:00}", StringComparer.Ordinal))
        {
            return DateField.None;
        }

        if (month is < 1 or > 12 || year < FirstRealYear || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return DateField.Unreadable;
        }

        var date = new DateOnly(year, month, day);
        if (!match.Groups["hour"].Success)
        {
            return Real(date);
        }

        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        if (hour > 24 || minute > 59 || second > 59 || (hour == 24 && minute + second > 0))
        {
            return DateField.Unreadable;
        }

        return match.Groups["zone"] is { Success: true, Value: var zone } && date.Year < YearWithoutEnd
            ? OffsetOf(zone) is { } offset
                ? Real(
                    DateOnly.FromDateTime(
                        new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), offset)
                            .Add(new TimeSpan(Math.Min(hour, 23), minute, second))
                            .ToOffset(ChinaOffset)
                            .DateTime
                    )
                )
                : DateField.Unreadable
            : Real(date);
    }

    private static TimeSpan? OffsetOf(string zone)
    {
        if (zone is "Z" or "z")
        {
            return TimeSpan.Zero;
        }

        var digits = zone.Replace(":", "", StringComparison.Ordinal);
        var (hours, minutes) = (
            int.Parse(digits.AsSpan(1, 2), CultureInfo.InvariantCulture),
            int.Parse(digits.AsSpan(3, 2), CultureInfo.InvariantCulture)
        );
        return hours > 14 || minutes > 59 || (hours == 14 && minutes > 0)
            ? null
            : (digits[0] == '-' ? -1 : 1) * new TimeSpan(hours, minutes, 0);
    }

    private static DateField Real(DateOnly date) =>
        date.Year >= FirstRealYear ? new DateField.Day(date) : DateField.Unreadable;

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true, Value: var digits }
            ? int.Parse(digits, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(
        """
            ^(?:
                (?<year>[0-9]{4})(?:
                    (?<sign>[-/.])(?<month>[0-9]{1,2})(?<same>[-/.])(?<day>[0-9]{1,2})
                  | 年(?<month>[0-9]{1,2})月(?<day>[0-9]{1,2})日
                )
                (?:(?:[T ]|[ ]*,?[ ]+)(?<hour>[0-9]{1,2})(?:[:时](?<minute>[0-9]{2})(?:[:分](?<second>[0-9]{2})秒?(?:[.,][0-9]{1,9})?|分)?)
                   [ ]?(?<zone>[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?
              | (?<year>[0-9]{4})(?<month>[0-9]{2})(?<day>[0-9]{2})
                (?:T?(?<hour>[0-9]{2})(?<minute>[0-9]{2})(?<second>[0-9]{2})?(?<zone>[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?
            )$
            """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.NonBacktracking
    )]
    private static partial Regex Spelling();
}

/// <summary>What a date field of a record says.</summary>
internal abstract record DateField
{
    /// <summary>There is no date.</summary>
    public static readonly DateField None = new Absent();

    /// <summary>There is something, and it is no date.</summary>
    public static readonly DateField Unreadable = new Broken();

    private DateField() { }

    /// <summary>The day in China.</summary>
    public sealed record Day(DateOnly Date) : DateField;

    private sealed record Absent : DateField;

    private sealed record Broken : DateField;

    /// <summary>Whether it says something that is no date.</summary>
    public bool IsUnreadable => this is Broken;

    /// <summary>The day; null: there is none, or it cannot be read.</summary>
    public DateOnly? OrNull => (this as Day)?.Date;
}
