using System.Collections.Frozen;

namespace Integration.Gateway.Clocks;

/// <summary>
/// Working days by the State Council's yearly arrangements: weekends and holidays off, make-up Saturdays and Sundays
/// (调休) on. A year nobody has published is not guessed.
/// </summary>
/// <remarks>
/// An arrangement may also move days at the turn of the year that belong to its neighbour (2018-12-29 became a working
/// Saturday by that of 2019): for such a day the later announcement holds.
/// </remarks>
internal sealed class WorkingCalendar
{
    private readonly FrozenDictionary<DateOnly, bool> _arranged;

    public WorkingCalendar(IEnumerable<CalendarYear> years)
    {
        var known = years.OrderBy(year => year.Year).ToList();
        Years = known.Select(year => year.Year).ToFrozenSet();
        var arranged = new Dictionary<DateOnly, bool>();
        foreach (var day in known.SelectMany(year => year.Days))
        {
            arranged[day.Date] = day.IsOffDay;
        }

        _arranged = arranged.ToFrozenDictionary();
    }

    /// <summary>The years that can be counted in.</summary>
    public IReadOnlySet<int> Years { get; }

    public Reckoned<bool> IsWorkingDay(DateOnly day)
    {
        if (!Years.Contains(day.Year))
        {
            return new MissingYear(day.Year);
        }

        return _arranged.TryGetValue(day, out var isOff) ? !isOff : !IsWeekend(day);
    }

    /// <summary>The first working day after this one.</summary>
    public Reckoned<DateOnly> NextAfter(DateOnly day)
    {
        while (true)
        {
            day = day.AddDays(1);
            if (!IsWorkingDay(day).Succeeded(out var isWorking, out var missing))
            {
                return missing;
            }

            if (isWorking)
            {
                return day;
            }
        }
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
