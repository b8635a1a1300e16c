using System.Collections.Frozen;

namespace Integration.Gateway.Clocks;

/// <summary>
/// Working days by the State Council's yearly arrangements: weekends and holidays off, make-up Saturdays and Sundays
/// (调休) on. A year that is not published is not guessed. Immutable: a year that is loaded makes a new one.
/// </summary>
/// <remarks>
/// An arrangement may also move days at the turn of the year that belong to its neighbour (2018-12-29 became a working
/// Saturday by that of 2019): for such a day the later announcement holds.
/// </remarks>
internal sealed class WorkingCalendar
{
    private readonly int _firstDay;
    private readonly int _firstYear;
    private readonly bool[] _isKnown;

    /// <summary>For each day from the first of January of the first year: how many working days lie before it; one more at the end.</summary>
    private readonly int[] _before;

    private readonly DateOnly[] _workingDays;

    public WorkingCalendar(IEnumerable<CalendarYear> years)
    {
        var known = years.OrderBy(year => year.Year).ToList();
        Years = known.Select(year => year.Year).ToFrozenSet();
        var arranged = new Dictionary<DateOnly, bool>();
        foreach (var day in known.SelectMany(year => year.Days))
        {
            arranged[day.Date] = day.IsOffDay;
        }

        var first = new DateOnly(known.Count == 0 ? 1 : known[0].Year, 1, 1);
        var days = known.Count == 0 ? 0 : new DateOnly(known[^1].Year, 12, 31).DayNumber - first.DayNumber + 1;
        (_firstDay, _firstYear) = (first.DayNumber, first.Year);
        _isKnown =
        [
            .. Enumerable
                .Range(first.Year, known.Count == 0 ? 0 : known[^1].Year - first.Year + 1)
                .Select(Years.Contains),
        ];
        _before = new int[days + 1];
        var working = new List<DateOnly>();
        for (var number = 0; number < days; number++)
        {
            var day = first.AddDays(number);
            if (Years.Contains(day.Year) && (arranged.TryGetValue(day, out var isOff) ? !isOff : !IsWeekend(day)))
            {
                working.Add(day);
            }

            _before[number + 1] = working.Count;
        }

        _workingDays = [.. working];
    }

    /// <summary>The years that can be counted in.</summary>
    public IReadOnlySet<int> Years { get; }

    public CalendarResult<bool> IsWorkingDay(DateOnly day) =>
        MissingIn(day, day) is { } missing ? missing : CountBefore(day.AddDays(1)) > CountBefore(day);

    /// <summary>The first year of these days that is not there; null when all are.</summary>
    public MissingYear? MissingIn(DateOnly from, DateOnly last)
    {
        for (var year = from.Year; year <= last.Year; year++)
        {
            if (!IsKnown(year))
            {
                return new MissingYear(year);
            }
        }

        return null;
    }

    /// <summary>Working days before this one, counted from some fixed day; only for a day of a known year or the one after it.</summary>
    public int CountBefore(DateOnly day) => _before[day.DayNumber - _firstDay];

    /// <summary>The working day before which so many others lie, if every year from <paramref name="from"/> to it is known.</summary>
    public CalendarResult<DateOnly> WorkingDay(long count, DateOnly from)
    {
        if (count < _workingDays.Length)
        {
            var day = _workingDays[count];
            return MissingIn(from, day) is { } gap ? gap : day;
        }

        var year = from.Year;
        while (IsKnown(year))
        {
            year++;
        }

        return new MissingYear(year);
    }

    private bool IsKnown(int year) => (uint)(year - _firstYear) < (uint)_isKnown.Length && _isKnown[year - _firstYear];

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
