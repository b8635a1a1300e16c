using CsCheck;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.Tests.Clocks;

public class LimitClockTests
{
    private static readonly string[] s_hours = ["08:30-12:00", "14:00-17:30"];
    private static readonly WorkingCalendar s_calendar = new(CalendarFiles.Embedded());
    private static readonly LimitClock s_clock = new(s_calendar, Hours(s_hours), acceptanceDayCounts: false);

    [Theory]
    [InlineData("2026-11-23T11:30:00+08:00", "2026-11-23T15:30:00+08:00")]
    [InlineData("2026-11-23T12:30:00+08:00", "2026-11-23T16:00:00+08:00")]
    [InlineData("2026-11-20T17:00:00+08:00", "2026-11-23T10:00:00+08:00")] // Friday to Monday
    [InlineData("2026-10-09T17:00:00+08:00", "2026-10-10T10:00:00+08:00")] // 2026-10-10 is a 调休 Saturday
    [InlineData("2026-10-10T10:00:00+08:00", "2026-10-10T12:00:00+08:00")]
    [InlineData("2026-09-30T16:30:00+08:00", "2026-10-08T09:30:00+08:00")] // over National Day
    [InlineData("2026-11-23T06:00:00+08:00", "2026-11-23T10:30:00+08:00")]
    [InlineData("2026-11-23T03:30:00Z", "2026-11-23T15:30:00+08:00")]
    [InlineData("2026-11-23T11:30:20+08:00", "2026-11-23T15:30:20+08:00")]
    public void A_hundred_and_twenty_business_minutes(string start, string due) =>
        Assert.Equal(Time(due), Value(s_clock.DueAfterMinutes(Time(start), 120)));

    [Fact]
    public void A_limit_reached_at_the_end_of_a_span_ends_there() =>
        Assert.Equal(
            Time("2026-11-23T12:00:00+08:00"),
            Value(s_clock.DueAfterMinutes(Time("2026-11-23T08:30:00+08:00"), 210))
        );

    [Theory]
    [InlineData("2026-11-23T09:00:00+08:00", 1, "2026-11-24T17:30:00+08:00")]
    [InlineData("2026-11-20T09:00:00+08:00", 2, "2026-11-24T17:30:00+08:00")] // over a weekend
    [InlineData("2026-10-09T23:59:59+08:00", 1, "2026-10-10T17:30:00+08:00")] // a 调休 Saturday counts
    [InlineData("2026-09-30T09:00:00+08:00", 5, "2026-10-13T17:30:00+08:00")] // over National Day
    [InlineData("2026-11-23T16:30:00Z", 1, "2026-11-25T17:30:00+08:00")] // already Tuesday in China
    [InlineData("2025-12-31T10:00:00+08:00", 1, "2026-01-04T17:30:00+08:00")] // over New Year, a 调休 Sunday
    public void The_day_of_acceptance_is_day_zero(string accepted, int days, string due) =>
        Assert.Equal(Time(due), Value(s_clock.DueAt(Time(accepted), days)));

    [Theory]
    [InlineData("2026-11-23T09:00:00+08:00", 1, "2026-11-23T17:30:00+08:00")]
    [InlineData("2026-11-21T09:00:00+08:00", 1, "2026-11-23T17:30:00+08:00")] // accepted on a Saturday off
    public void It_can_be_day_one(string accepted, int days, string due)
    {
        var clock = new LimitClock(s_calendar, Hours(s_hours), acceptanceDayCounts: true);
        Assert.Equal(Time(due), Value(clock.DueAt(Time(accepted), days)));
    }

    [Theory]
    [InlineData("2026-12-31T09:00:00+08:00", 2027)]
    [InlineData("2027-03-01T09:00:00+08:00", 2027)]
    [InlineData("2021-12-31T09:00:00+08:00", 2021)]
    public void A_year_without_data_is_refused_by_its_number(string accepted, int year)
    {
        Assert.False(s_clock.DueAt(Time(accepted), 1).Succeeded(out _, out var days));
        Assert.False(s_clock.DueAfterMinutes(Time(accepted), 600).Succeeded(out _, out var minutes));
        Assert.Equal((year, year), (days.Year, minutes.Year));
        Assert.Contains($"{year}", days.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Business_minutes_agree_with_counting_them_one_by_one() =>
        Gen.Select(Gen.Int[0, (5 * 365 * 24 * 60) - 40_000], Gen.Int[1, 900])
            .Sample(
                (start, minutes) =>
                {
                    var from = Time("2022-01-01T00:00:00+08:00").AddMinutes(start);
                    return Value(s_clock.DueAfterMinutes(from, minutes)) == CountOneByOne(from, minutes);
                },
                iter: 500
            );

    [Fact]
    public void The_hours_are_settable()
    {
        var clock = new LimitClock(s_calendar, Hours(["09:00-17:00"]), acceptanceDayCounts: false);
        Assert.Equal(
            Time("2026-11-24T10:00:00+08:00"),
            Value(clock.DueAfterMinutes(Time("2026-11-23T16:00:00+08:00"), 120))
        );
        Assert.Equal(Time("2026-11-24T17:00:00+08:00"), Value(clock.DueAt(Time("2026-11-23T16:00:00+08:00"), 1)));
    }

    [Theory]
    [InlineData("08:30")]
    [InlineData("8:30-12:00")]
    [InlineData("12:00-08:30")]
    [InlineData("08:30-25:00")]
    [InlineData("08:30-12:00", "11:00-13:00")]
    [InlineData]
    public void Hours_that_are_none_are_refused(params string[] texts)
    {
        var faults = new List<string>();
        Assert.Null(BusinessHours.Parse(texts, faults));
        Assert.NotEmpty(faults);
    }

    /// <summary>The reference: walks minute by minute and counts those inside the hours.</summary>
    private static DateTimeOffset CountOneByOne(DateTimeOffset from, int minutes)
    {
        var now = from;
        while (minutes > 0)
        {
            Assert.True(s_calendar.IsWorkingDay(DateOnly.FromDateTime(now.Date)).Succeeded(out var isWorking, out _));
            var minute = (now.Hour * 60) + now.Minute;
            var isOpen = minute is (>= 510 and < 720) or (>= 840 and < 1050);
            minutes -= isWorking && isOpen ? 1 : 0;
            now = now.AddMinutes(1);
        }

        return now;
    }

    private static BusinessHours Hours(IReadOnlyList<string> texts) => BusinessHours.Parse(texts, [])!;

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Value(CalendarResult<DateTimeOffset> reckoned)
    {
        Assert.True(reckoned.Succeeded(out var value, out var missing), missing?.Note);
        Assert.Equal(ChinaTime.Offset, value.Offset);
        return value;
    }
}
