using Integration.Contracts.V1.Operations;

namespace Integration.Gateway.Tests.Clocks.Loading;

/// <summary>Invented notices of the year 2027.</summary>
internal static class Notices
{
    /// <summary>Three days of New Year, eight of Spring Festival, three of Labour Day and eight of National Day, with two make-up days.</summary>
    public static CalendarRequest Of2027 { get; } =
        new()
        {
            Notice = "国办发明电〔2026〕9号",
            Days =
            [
                .. Off("元旦", new DateOnly(2027, 1, 1), 3),
                .. Off("春节", new DateOnly(2027, 2, 5), 8),
                .. Off("劳动节", new DateOnly(2027, 5, 1), 5),
                .. Off("国庆节", new DateOnly(2027, 10, 1), 7),
                On("春节", new DateOnly(2027, 2, 20)),
                On("国庆节", new DateOnly(2027, 10, 9)),
            ],
        };

    public static CalendarDayInput On(string name, DateOnly date) =>
        new()
        {
            Name = name,
            Date = date,
            IsOffDay = false,
        };

    public static IEnumerable<CalendarDayInput> Off(string name, DateOnly first, int days) =>
        Enumerable
            .Range(0, days)
            .Select(day => new CalendarDayInput
            {
                Name = name,
                Date = first.AddDays(day),
                IsOffDay = true,
            });
}
