using System.Globalization;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.Tests.Clocks;

/// <summary>Clocks on the built-in calendars and the default hours.</summary>
internal static class ClockParts
{
    public static WorkingCalendar Calendar { get; } = new(CalendarFiles.Embedded());

    public static BusinessHours Hours { get; } = BusinessHours.Parse(new ClockOptions().HoursInForce, [])!;

    public static SlaClock Sla(WorkingCalendar? calendar = null, bool acceptanceDayCounts = false) =>
        new(new LimitClock(calendar ?? Calendar, Hours, acceptanceDayCounts));

    public static WorkingCalendar CalendarOf(params int[] years) =>
        new(years.Select(year => new CalendarYear(year, [])));

    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static T Value<T>(CalendarResult<T> reckoned)
    {
        Assert.True(reckoned.Succeeded(out var value, out var missing), missing?.Note);
        return value;
    }
}
