using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.Tests.Clocks;

/// <summary>A year that is not loaded is named wherever it is needed, and only there.</summary>
public class MissingYearTests
{
    private static readonly ClockTerms s_minutes = new(ClockKind.BusinessMinutes, 120);

    [Theory]
    [InlineData(ClockKind.BusinessMinutes, 120, "2026-12-31T16:00:00+08:00", 2027)] // due next year
    [InlineData(ClockKind.WorkingDays, 1, "2026-12-31T09:00:00+08:00", 2027)]
    [InlineData(ClockKind.BusinessMinutes, 1, "2027-01-01T00:00:00+08:00", 2027)] // starts there
    [InlineData(ClockKind.BusinessMinutes, 120_000, "2026-11-23T09:00:00+08:00", 2027)] // due two years on
    [InlineData(ClockKind.WorkingDays, 600, "2026-11-23T09:00:00+08:00", 2027)]
    [InlineData(ClockKind.WorkingDays, 1, "2021-12-31T09:00:00+08:00", 2021)]
    [InlineData(ClockKind.BusinessMinutes, 1, "2021-12-31T23:59:59+08:00", 2021)]
    [InlineData(ClockKind.BusinessMinutes, 1, "2035-06-01T09:00:00+08:00", 2035)]
    public void A_due_time_that_needs_it_is_refused(ClockKind kind, int amount, string start, int year)
    {
        var terms = new ClockTerms(kind, amount);
        Assert.Equal(year, Missing(ClockParts.Sla().DueAt(terms, Time(start))));
        Assert.Equal(year, Missing(ClockParts.Sla().Read(terms, Time(start), [], null, Time(start), 70)));
    }

    [Fact]
    public void A_due_time_in_the_last_minute_of_the_last_year_is_not()
    {
        var terms = new ClockTerms(ClockKind.BusinessMinutes, 60);
        Assert.Equal(
            Time("2026-12-31T17:30:00+08:00"),
            ClockParts.Value(ClockParts.Sla().DueAt(terms, Time("2026-12-31T16:30:00+08:00")))
        );
    }

    [Fact]
    public void A_gap_between_two_loaded_years_is_not_jumped_over()
    {
        var clock = ClockParts.Sla(ClockParts.CalendarOf(2025, 2027));
        Assert.Equal(2026, Missing(clock.DueAt(s_minutes, Time("2025-12-31T17:00:00+08:00"))));
        Assert.Equal(2026, Missing(clock.DueAt(s_minutes, Time("2026-12-31T17:00:00+08:00"))));
        Assert.Equal(
            Time("2027-01-01T10:30:00+08:00"),
            ClockParts.Value(clock.DueAt(s_minutes, Time("2027-01-01T00:00:00+08:00")))
        );
    }

    [Fact]
    public void A_clock_that_only_measures_needs_the_years_it_ran_in()
    {
        var clock = ClockParts.Sla();
        Assert.Equal(2027, Missing(Measure("2027-01-01T00:00:00.0000001+08:00")));
        Assert.Equal(TimeSpan.FromHours(7), ClockParts.Value(Measure("2027-01-01T00:00:00+08:00")).Used);

        CalendarResult<ClockReading> Measure(string now) =>
            clock.Read(terms: null, Time("2026-12-31T00:00:00+08:00"), [], null, Time(now), 70);
    }

    [Fact]
    public void A_clock_that_stands_still_needs_no_year_until_it_goes_on()
    {
        var clock = ClockParts.Sla();
        var start = Time("2026-12-30T09:00:00+08:00");
        var pause = new ClockPause(start.AddMinutes(30), null);
        var now = Time("2027-02-01T09:00:00+08:00");
        Assert.Equal(
            TimeSpan.FromMinutes(30),
            ClockParts.Value(clock.Read(s_minutes, start, [pause], null, now, 70)).Used
        );
        Assert.Equal(2027, Missing(clock.Read(s_minutes, start, [pause with { Until = now }], null, now, 70)));
    }

    [Fact]
    public void A_clock_that_counts_every_minute_needs_no_calendar()
    {
        var clock = ClockParts.Sla(ClockParts.CalendarOf());
        var terms = new ClockTerms(ClockKind.WallMinutes, 120);
        var start = Time("2031-01-01T00:00:00+08:00");
        Assert.Equal(start.AddMinutes(120), ClockParts.Value(clock.DueAt(terms, start)));
        Assert.Equal(
            ClockColour.Red,
            ClockParts.Value(clock.Read(terms, start, [], null, start.AddHours(2), 70)).Colour
        );
        Assert.Equal(2031, Missing(clock.DueAt(s_minutes, start)));
    }

    private static int? Missing<T>(CalendarResult<T> reckoned) =>
        reckoned.Succeeded(out _, out var missing) ? null : missing.Year;

    private static DateTimeOffset Time(string text) => ClockParts.Time(text);
}
