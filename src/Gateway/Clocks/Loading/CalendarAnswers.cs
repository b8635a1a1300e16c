using System.Text.Json;
using Integration.Contracts.V1.Operations;

namespace Integration.Gateway.Clocks.Loading;

/// <summary>What operators are told about the calendars.</summary>
internal static class CalendarAnswers
{
    public static CalendarsResponse From(CalendarEdition edition, string node) =>
        new()
        {
            Node = node,
            Version = edition.Version,
            Calendars = [.. edition.Years.Select(year => From(edition, year))],
        };

    public static CalendarResponse From(CalendarEdition edition, int year) =>
        From(edition, edition.Years.Single(known => known.Calendar.Year == year));

    private static CalendarResponse From(CalendarEdition edition, GivenYear given)
    {
        var year = given.Calendar.Year;
        var row = edition.Rows.GetValueOrDefault(year);
        var next = new DateOnly(year + 1, 1, 1);
        return new CalendarResponse
        {
            Year = year,
            Source = JsonNamingPolicy.CamelCase.ConvertName(given.Source.ToString()),
            Notice = row?.Notice,
            By = row?.Actor,
            LoadedAt = row?.LoadedAt,
            WorkingDays = edition.Calendar.CountBefore(next) - edition.Calendar.CountBefore(next.AddYears(-1)),
            Days =
            [
                .. given.Calendar.Days.Select(day => new CalendarDayInput
                {
                    Date = day.Date,
                    Name = day.Name,
                    IsOffDay = day.IsOffDay,
                }),
            ],
        };
    }
}
