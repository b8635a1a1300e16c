using System.Globalization;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Clocks.Loading;

/// <summary>An official notice that operators want to load, with everything checked that can be checked without it.</summary>
/// <param name="Notice">Its number.</param>
/// <param name="Calendar">The year, its days in order.</param>
/// <param name="Replaces">Whether it may replace a year that is in force.</param>
internal sealed record CalendarOrder(string Notice, CalendarYear Calendar, bool Replaces)
{
    /// <summary>Public holidays have been arranged in today's way since then.</summary>
    private const int FirstYear = 2008;

    private const int LongestNotice = 200;
    private const int LongestName = 32;
    private const int MostDays = 100;

    /// <summary>Days off that a notice names, weekends within the holidays included; 2022 to 2026 had 27 to 33.</summary>
    public const int FewestOff = 20;

    /// <inheritdoc cref="FewestOff" />
    public const int MostOff = 40;

    /// <summary>Reads the order, or adds every fault of it.</summary>
    /// <param name="yearText">From the address.</param>
    /// <param name="request">The body.</param>
    /// <param name="today">A notice never comes more than one year ahead.</param>
    /// <param name="faults">Takes the faults.</param>
    public static CalendarOrder? Read(string yearText, CalendarRequest request, DateOnly today, FaultList faults)
    {
        var isYear =
            int.TryParse(yearText, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && year >= FirstYear
            && year <= today.Year + 1;
        if (!isYear)
        {
            faults.Add("path:year", "range", "A year from 2008 to the next one is needed.");
        }

        if (string.IsNullOrWhiteSpace(request.Notice) || request.Notice.Length > LongestNotice)
        {
            faults.Add("/notice", "length", "The number of the notice is needed, at most 200 characters.");
        }

        var days = request.Days ?? [];
        if (days.Count is 0 or > MostDays)
        {
            faults.Add("/days", "count", "The notice's days are needed, at most 100.");
        }

        CheckDays(isYear ? year : null, days, faults);
        return faults.IsEmpty
            ? new CalendarOrder(request.Notice!.Trim(), YearOf(year, days), request.Replaces ?? false)
            : null;
    }

    private static CalendarYear YearOf(int year, IReadOnlyList<CalendarDayInput> days) =>
        new(
            year,
            [
                .. days.Select(day => new CalendarDay(day.Name!.Trim(), day.Date!.Value, day.IsOffDay!.Value))
                    .OrderBy(day => day.Date),
            ]
        );

    private static void CheckDays(int? year, IReadOnlyList<CalendarDayInput> days, FaultList faults)
    {
        var seen = new HashSet<DateOnly>();
        for (var index = 0; index < days.Count; index++)
        {
            var day = days[index];
            var pointer = $"/days/{index}";
            if (string.IsNullOrWhiteSpace(day.Name) || day.Name.Length > LongestName)
            {
                faults.Add($"{pointer}/name", "length", "The holiday's name is needed, at most 32 characters.");
            }

            if (day.IsOffDay is null)
            {
                faults.Add($"{pointer}/isOffDay", "missing", "Whether it is a day off is needed.");
            }

            if (day.Date is not { } date)
            {
                faults.Add($"{pointer}/date", "missing", "The date is needed.");
                continue;
            }

            if (!seen.Add(date))
            {
                faults.Add($"{pointer}/date", "duplicate", "This date stands twice.");
            }

            CheckDate(year, date, day.IsOffDay, pointer, faults);
        }

        if (days.Count(day => day.IsOffDay == true) is < FewestOff or > MostOff)
        {
            faults.Add(
                "/days",
                "implausible",
                "A year's notice names 20 to 40 days off, weekends within holidays included."
            );
        }
    }

    /// <summary>Some years moved days of the December before them (2018-12-29 by 2019) or of the January after.</summary>
    private static void CheckDate(int? year, DateOnly date, bool? isOffDay, string pointer, FaultList faults)
    {
        var isNear =
            year is null
            || date.Year == year
            || (date.Year == year - 1 && date.Month == 12)
            || (date.Year == year + 1 && date.Month == 1);
        if (!isNear)
        {
            faults.Add($"{pointer}/date", "other-year", "The date lies neither in the year nor in a month next to it.");
        }

        if (isOffDay == false && date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        {
            faults.Add(
                $"{pointer}/isOffDay",
                "not-a-weekend",
                "Only a Saturday or a Sunday can be a make-up working day."
            );
        }
    }
}
