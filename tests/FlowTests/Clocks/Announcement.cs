using Integration.Contracts.V1.Operations;

namespace Integration.FlowTests.Clocks;

/// <summary>A year's notice as operators load it.</summary>
internal static class Announcement
{
    public static CalendarRequest Of(int year) =>
        new()
        {
            Notice = "国办发明电〔2026〕9号",
            Days =
            [
                .. Off("元旦", new DateOnly(year, 1, 1), 3),
                .. Off("春节", new DateOnly(year, 2, 5), 8),
                .. Off("劳动节", new DateOnly(year, 5, 1), 5),
                .. Off("国庆节", new DateOnly(year, 10, 1), 7),
            ],
        };

    private static IEnumerable<CalendarDayInput> Off(string name, DateOnly first, int days) =>
        Enumerable
            .Range(0, days)
            .Select(day => new CalendarDayInput
            {
                Name = name,
                Date = first.AddDays(day),
                IsOffDay = true,
            });
}
