using Integration.Gateway.Clocks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Tests.Clocks;

public sealed class WorkingCalendarTests : IDisposable
{
    private static readonly WorkingCalendar s_calendar = new(CalendarFiles.Embedded());
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("calendars-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_years_2022_to_2026_come_with_the_gateway() =>
        Assert.Equal([2022, 2023, 2024, 2025, 2026], s_calendar.Years.Order());

    [Theory]
    [InlineData("2026-01-04", true)] // 调休 Sunday
    [InlineData("2026-02-28", true)] // 调休 Saturday
    [InlineData("2026-10-01", false)]
    [InlineData("2026-11-21", false)]
    [InlineData("2026-11-23", true)]
    [InlineData("2022-12-31", false)] // announced with the year 2023
    public void Days_are_as_announced(string day, bool isWorking)
    {
        Assert.True(s_calendar.IsWorkingDay(DateOnly.ParseExact(day, "yyyy-MM-dd")).Succeeded(out var answer, out _));
        Assert.Equal(isWorking, answer);
    }

    [Fact]
    public void Each_year_has_the_working_days_that_were_announced()
    {
        // As published for each year, weekends and holidays off and make-up days on.
        var counts = s_calendar.Years.Order().Select(CountOfWorkingDays);
        Assert.Equal([249, 249, 251, 248, 248], counts);
    }

    [Fact]
    public void The_fixed_offset_is_that_of_the_zone_data()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        for (var day = new DateTime(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc); day.Year < 2040; day = day.AddHours(12))
        {
            Assert.Equal(ChinaTime.Offset, zone.GetUtcOffset(day));
        }
    }

    [Fact]
    public void An_operators_file_adds_a_year()
    {
        Write(
            "2027.json",
            """{"year":2027,"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}],"papers":[]}"""
        );
        var faults = new List<string>();
        var calendar = new WorkingCalendar(CalendarFiles.In(_folder.FullName, faults).Concat(CalendarFiles.Embedded()));
        Assert.Empty(faults);
        Assert.True(calendar.IsWorkingDay(new DateOnly(2027, 1, 1)).Succeeded(out var isWorking, out _));
        Assert.False(isWorking);
    }

    [Fact]
    public void Every_fault_of_the_operators_files_is_listed_at_start()
    {
        Write("2027.json", """{"year":2028,"days":[]}""");
        Write("2028.json", "{");
        Write(
            "2029.json",
            """{"year":2029,"days":[{"name":"a","date":"2029-01-01","isOffDay":true},{"name":"a","date":"2029-01-01","isOffDay":false}]}"""
        );
        var options = new ClockOptions { Calendars = _folder.FullName, Hours = ["x"] };
        var result = new ClockOptionsValidator().Validate(name: null, options);
        Assert.True(result.Failed);
        Assert.Equal(4, result.Failures.Count());
    }

    [Theory]
    [InlineData("2026-09-30", HealthStatus.Healthy)]
    [InlineData("2026-10-01", HealthStatus.Degraded)]
    [InlineData("2026-12-31", HealthStatus.Degraded)]
    [InlineData("2027-01-01", HealthStatus.Unhealthy)]
    public void Readiness_says_when_a_year_is_needed(string today, HealthStatus status)
    {
        var result = CalendarCheck.Judge(s_calendar, DateOnly.ParseExact(today, "yyyy-MM-dd"));
        Assert.Equal(status, result.Status);
        Assert.Equal(
            status != HealthStatus.Healthy,
            result.Description?.Contains("2027", StringComparison.Ordinal) ?? false
        );
    }

    private static int CountOfWorkingDays(int year)
    {
        var count = 0;
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            Assert.True(s_calendar.IsWorkingDay(day).Succeeded(out var isWorking, out _));
            count += isWorking ? 1 : 0;
        }

        return count;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
