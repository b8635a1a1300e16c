using System.Globalization;
using System.Text.Json;

namespace Integration.Gateway.Tests.Clocks;

/// <summary>
/// The built-in calendars, day by day against the npm package chinese-days 1.5.7, which reads the notices on its own. Its
/// answers lie in <c>ChineseDays/chinese-days.json</c>; <c>ChineseDays/extract.sh</c> writes them anew.
/// </summary>
public class CalendarCrossCheckTests
{
    private static readonly Dictionary<DateOnly, bool> s_others = Read();

    /// <summary>Days on which the two may differ, each with the reason. None is known.</summary>
    private static readonly Dictionary<DateOnly, string> s_known = [];

    [Theory]
    [InlineData(2022, 365)]
    [InlineData(2023, 365)]
    [InlineData(2024, 366)]
    [InlineData(2025, 365)]
    [InlineData(2026, 365)]
    public void Every_day_of_the_year_is_the_same(int year, int days)
    {
        var compared = s_others.Where(other => other.Key.Year == year).ToList();
        Assert.Equal(days, compared.Count);
        var different = compared
            .Where(other => ClockParts.Value(ClockParts.Calendar.IsWorkingDay(other.Key)) != other.Value)
            .Select(other => other.Key);
        Assert.Equal(s_known.Keys.Where(day => day.Year == year).Order(), different.Order());
    }

    [Fact]
    public void Every_make_up_day_is_in_both()
    {
        var makeUp = s_others
            .Where(other => other.Key.Year <= 2026 && other.Value)
            .Select(other => other.Key)
            .Where(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            .ToList();
        Assert.Equal(
            [7, 7, 8, 5, 6],
            makeUp.CountBy(day => day.Year).OrderBy(year => year.Key).Select(year => year.Value)
        );
        Assert.All(makeUp, day => Assert.True(ClockParts.Value(ClockParts.Calendar.IsWorkingDay(day))));
    }

    [Fact]
    public void A_year_that_was_not_announced_is_guessed_there_and_refused_here()
    {
        var nationalDay = new DateOnly(2027, 10, 1);
        Assert.True(s_others[nationalDay]);
        Assert.False(ClockParts.Calendar.IsWorkingDay(nationalDay).Succeeded(out _, out var missing));
        Assert.Equal(2027, missing.Year);
    }

    private static Dictionary<DateOnly, bool> Read()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Clocks", "ChineseDays", "chinese-days.json");
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return json
            .RootElement.GetProperty("years")
            .EnumerateObject()
            .SelectMany(
                year => year.Value.EnumerateArray().SelectMany(month => month.GetString()!),
                (year, letter) => (year.Name, letter)
            )
            .GroupBy(day => day.Name, day => day.letter == 'W', StringComparer.Ordinal)
            .SelectMany(year => year.Select((isWorking, index) => (Day: First(year.Key).AddDays(index), isWorking)))
            .ToDictionary(day => day.Day, day => day.isWorking);
    }

    private static DateOnly First(string year) => new(int.Parse(year, CultureInfo.InvariantCulture), 1, 1);
}
