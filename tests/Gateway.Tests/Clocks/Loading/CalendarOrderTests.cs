using Integration.Contracts.V1.Operations;
using Integration.Gateway.Clocks;
using Integration.Gateway.Clocks.Loading;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Tests.Clocks.Loading;

public class CalendarOrderTests
{
    private static readonly DateOnly s_today = new(2026, 11, 23);

    [Fact]
    public void Every_built_in_year_would_be_taken()
    {
        foreach (var year in CalendarFiles.Embedded())
        {
            var request = new CalendarRequest
            {
                Notice = "as published",
                Days =
                [
                    .. year.Days.Select(day => new CalendarDayInput
                    {
                        Date = day.Date,
                        Name = day.Name,
                        IsOffDay = day.IsOffDay,
                    }),
                ],
            };
            var (order, faults) = Read($"{year.Year}", request);
            Assert.Empty(faults);
            Assert.Equal(year.Days.OrderBy(day => day.Date), order!.Calendar.Days);
        }
    }

    [Fact]
    public void A_day_of_the_December_before_or_the_January_after_may_be_named()
    {
        var days = Notices.Of2027.Days!;
        Assert.Empty(Faults([.. days, Notices.On("元旦", new DateOnly(2026, 12, 26))]));
        Assert.Empty(Faults([.. days, .. Notices.Off("元旦", new DateOnly(2028, 1, 1), 1)]));
        Assert.Equal(["other-year"], Faults([.. days, Notices.On("元旦", new DateOnly(2026, 11, 28))]));
        Assert.Equal(["other-year"], Faults([.. days, .. Notices.Off("元旦", new DateOnly(2028, 2, 1), 1)]));
    }

    [Fact]
    public void A_make_up_day_is_a_Saturday_or_a_Sunday_and_a_day_off_any_day()
    {
        var days = Notices.Of2027.Days!;
        Assert.Equal(["not-a-weekend"], Faults([.. days, Notices.On("元旦", new DateOnly(2027, 1, 4))]));
        Assert.Empty(Faults([.. days, .. Notices.Off("端午节", new DateOnly(2027, 6, 9), 1)]));
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void The_number_of_days_off_is_plausible(int days, bool isTaken) =>
        Assert.Equal(isTaken ? [] : ["implausible"], Faults([.. Notices.Off("节", new DateOnly(2027, 3, 1), days)]));

    [Theory]
    [InlineData("2008", true)]
    [InlineData("2027", true)]
    [InlineData("2007", false)]
    [InlineData("2028", false)] // a notice never comes two years ahead
    [InlineData("+2027", false)]
    [InlineData("next", false)]
    public void The_year_is_one_that_can_have_been_announced(string year, bool isTaken)
    {
        var days = Notices.Of2027.Days!.Where(_ => !isTaken || year == "2027").ToList();
        var (_, faults) = Read(year, Notices.Of2027 with { Days = days });
        Assert.Equal(!isTaken, faults.Contains("path:year range"));
    }

    [Fact]
    public void All_faults_come_at_once()
    {
        var request = new CalendarRequest
        {
            Notice = " ",
            Days =
            [
                Notices.On("元旦", new DateOnly(2027, 1, 4)),
                Notices.On(new string('长', 33), new DateOnly(2027, 1, 4)),
                new CalendarDayInput(),
            ],
        };
        var (order, faults) = Read("x", request);
        Assert.Null(order);
        Assert.Equal(
            [
                "path:year range",
                "/notice length",
                "/days/0/isOffDay not-a-weekend",
                "/days/1/name length",
                "/days/1/date duplicate",
                "/days/1/isOffDay not-a-weekend",
                "/days/2/name length",
                "/days/2/isOffDay missing",
                "/days/2/date missing",
                "/days implausible",
            ],
            faults
        );
    }

    private static List<string> Faults(IReadOnlyList<CalendarDayInput> days) =>
        [.. Read("2027", Notices.Of2027 with { Days = days }).Faults.Select(fault => fault.Split(' ')[1])];

    private static (CalendarOrder? Order, List<string> Faults) Read(string year, CalendarRequest request)
    {
        var faults = new FaultList();
        var order = CalendarOrder.Read(year, request, s_today, faults);
        return (order, [.. faults.ToList().Select(fault => $"{fault.Pointer} {fault.Code}")]);
    }
}
