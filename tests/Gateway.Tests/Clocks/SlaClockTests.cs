using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.Tests.Clocks;

public class SlaClockTests
{
    private const int Yellow = 70;
    private static readonly ClockTerms s_acceptance = new(ClockKind.BusinessMinutes, 120);
    private static readonly ClockTerms s_twoDays = new(ClockKind.WorkingDays, 2);
    private static readonly ClockTerms s_wall = new(ClockKind.WallMinutes, 100);
    private static readonly SlaClock s_clock = ClockParts.Sla();

    [Theory]
    [InlineData("2026-11-23T11:30:00+08:00", "2026-11-23T15:30:00+08:00")]
    [InlineData("2026-11-23T12:30:00+08:00", "2026-11-23T16:00:00+08:00")]
    [InlineData("2026-11-20T17:00:00+08:00", "2026-11-23T10:00:00+08:00")] // Friday to Monday
    [InlineData("2026-10-09T17:00:00+08:00", "2026-10-10T10:00:00+08:00")] // to a 调休 Saturday
    [InlineData("2026-09-30T17:00:00+08:00", "2026-10-08T10:00:00+08:00")] // over National Day
    [InlineData("2023-09-28T17:00:00+08:00", "2023-10-07T10:00:00+08:00")] // over Mid-Autumn and National Day, to a Saturday
    [InlineData("2024-02-29T17:00:00+08:00", "2024-03-01T10:00:00+08:00")] // leap day
    [InlineData("2024-02-28T17:00:00+08:00", "2024-02-29T10:00:00+08:00")]
    [InlineData("2025-12-31T17:00:00+08:00", "2026-01-04T10:00:00+08:00")] // year end, to a 调休 Sunday
    [InlineData("2022-12-30T17:00:00+08:00", "2023-01-03T10:00:00+08:00")] // 2022-12-31 was announced with 2023
    public void A_hundred_and_twenty_minutes_are_used_up_when_the_example_says(string start, string due)
    {
        var fresh = Read(s_acceptance, start, start);
        Assert.Equal(Time(due), fresh.DueAt);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMinutes(120)), (fresh.Used, fresh.Allowed));
        Assert.Equal(ClockColour.Red, Read(s_acceptance, start, due).Colour);
        Assert.NotEqual(ClockColour.Red, At(s_acceptance, start, Time(due).AddTicks(-1)).Colour);
    }

    [Theory]
    [InlineData("2026-11-23T15:30:00+08:00")]
    [InlineData("2026-11-23T07:30:00Z")]
    [InlineData("2026-11-23T02:30:00-05:00")]
    public void The_same_moment_in_another_offset_reads_the_same(string now)
    {
        var reading = Read(s_acceptance, "2026-11-23T03:30:00Z", now);
        Assert.Equal(Read(s_acceptance, "2026-11-23T11:30:00+08:00", "2026-11-23T15:30:00+08:00"), reading);
        Assert.Equal(ChinaTime.Offset, reading.DueAt!.Value.Offset);
    }

    [Fact]
    public void It_is_yellow_from_exactly_that_share_and_red_from_the_whole()
    {
        const string Start = "2026-11-23T09:00:00+08:00";
        var yellow = Time(Start).AddMinutes(84);
        var due = Time(Start).AddMinutes(120);
        Assert.Equal((ClockColour.Blue, yellow), Colour(yellow.AddTicks(-1)));
        Assert.Equal((ClockColour.Yellow, due), Colour(yellow));
        Assert.Equal((ClockColour.Yellow, due), Colour(due.AddTicks(-1)));
        Assert.Equal((ClockColour.Red, null), Colour(due));

        (ClockColour, DateTimeOffset?) Colour(DateTimeOffset now)
        {
            var reading = At(s_acceptance, Start, now);
            return (reading.Colour, reading.ChangesAt);
        }
    }

    [Fact]
    public void Working_days_are_the_business_time_to_the_end_of_the_last()
    {
        // Friday 16:30 has one hour left, then Monday and Tuesday.
        var reading = Read(s_twoDays, "2026-11-20T16:30:00+08:00", "2026-11-23T10:00:00+08:00");
        Assert.Equal(TimeSpan.FromHours(15), reading.Allowed);
        Assert.Equal(TimeSpan.FromHours(2.5), reading.Used);
        Assert.Equal(Time("2026-11-24T17:30:00+08:00"), reading.DueAt);
    }

    [Fact]
    public void A_pause_moves_the_due_time_by_the_business_time_it_covers()
    {
        var reading = Read(
            s_acceptance,
            "2026-11-23T11:30:00+08:00",
            "2026-11-23T14:30:00+08:00",
            Pause("2026-11-23T11:45:00+08:00", "2026-11-23T14:15:00+08:00")
        );
        Assert.Equal(TimeSpan.FromMinutes(30), reading.Used);
        Assert.Equal(Time("2026-11-23T16:00:00+08:00"), reading.DueAt);
        Assert.False(reading.IsPaused);
    }

    [Fact]
    public void A_clock_that_stands_still_has_no_due_time_and_does_not_change()
    {
        var reading = Read(
            s_acceptance,
            "2026-11-23T09:00:00+08:00",
            "2026-12-30T09:00:00+08:00",
            Pause("2026-11-23T10:00:00+08:00")
        );
        Assert.True(reading.IsPaused);
        Assert.Null(reading.DueAt);
        Assert.Null(reading.ChangesAt);
        Assert.Equal((TimeSpan.FromHours(1), ClockColour.Blue), (reading.Used, reading.Colour));
    }

    [Fact]
    public void A_clock_that_stands_still_after_its_limit_still_says_when_that_was()
    {
        var reading = Read(
            s_wall,
            "2026-11-23T09:00:00+08:00",
            "2026-11-23T12:00:00+08:00",
            Pause("2026-11-23T11:00:00+08:00")
        );
        Assert.Equal((true, ClockColour.Red), (reading.IsPaused, reading.Colour));
        Assert.Equal(Time("2026-11-23T10:40:00+08:00"), reading.DueAt);
    }

    [Fact]
    public void Pauses_that_overlap_or_touch_count_once_and_those_without_a_length_not_at_all()
    {
        var reading = Read(
            s_wall,
            "2026-11-23T09:00:00+08:00",
            "2026-11-23T10:30:00+08:00",
            Pause("2026-11-23T09:20:00+08:00", "2026-11-23T09:30:00+08:00"),
            Pause("2026-11-23T08:00:00+08:00", "2026-11-23T09:10:00+08:00"), // begins before the clock
            Pause("2026-11-23T09:15:00+08:00", "2026-11-23T09:25:00+08:00"),
            Pause("2026-11-23T09:30:00+08:00", "2026-11-23T09:35:00+08:00"),
            Pause("2026-11-23T10:00:00+08:00", "2026-11-23T10:00:00+08:00"),
            Pause("2026-11-23T10:20:00+08:00", "2026-11-23T10:00:00+08:00") // ends before it begins
        );
        Assert.Equal(TimeSpan.FromMinutes(60), reading.Used);
        Assert.Equal(Time("2026-11-23T11:10:00+08:00"), reading.DueAt);
    }

    [Fact]
    public void Pauses_that_touch_become_one() =>
        Assert.Equal(
            [Pause("2026-11-23T09:00:00+08:00", "2026-11-23T11:00:00+08:00")],
            ClockRuns.Merged([
                Pause("2026-11-23T10:00:00+08:00", "2026-11-23T11:00:00+08:00"),
                Pause("2026-11-23T09:00:00+08:00", "2026-11-23T10:00:00+08:00"),
            ])
        );

    [Fact]
    public void A_reading_knows_nothing_of_what_came_later()
    {
        var pause = Pause("2026-11-23T10:00:00+08:00", "2026-11-23T11:00:00+08:00");
        const string Start = "2026-11-23T09:00:00+08:00";
        Assert.Equal(
            Read(s_acceptance, Start, "2026-11-23T09:59:00+08:00"),
            Read(s_acceptance, Start, "2026-11-23T09:59:00+08:00", pause)
        );
        Assert.True(Read(s_acceptance, Start, "2026-11-23T10:00:00+08:00", pause).IsPaused);
        Assert.False(Read(s_acceptance, Start, "2026-11-23T11:00:00+08:00", pause).IsPaused);
    }

    [Fact]
    public void Before_the_start_nothing_is_used() =>
        Assert.Equal(
            Read(s_acceptance, "2026-11-23T09:00:00+08:00", "2026-11-23T09:00:00+08:00"),
            Read(s_acceptance, "2026-11-23T09:00:00+08:00", "2026-11-20T09:00:00+08:00")
        );

    [Fact]
    public void A_clock_that_ended_keeps_its_colour_whatever_the_time_and_the_pauses_after_it()
    {
        const string Start = "2026-11-23T09:00:00+08:00";
        var ended = Time("2026-11-23T10:30:00+08:00");
        var reading = Value(s_clock.Read(s_acceptance, Time(Start), [], ended, ended, Yellow));
        var later = Value(
            s_clock.Read(
                s_acceptance,
                Time(Start),
                [Pause("2026-11-23T10:30:00+08:00")],
                ended,
                Time("2026-12-30T09:00:00+08:00"),
                Yellow
            )
        );
        Assert.Equal(reading, later);
        Assert.Equal((ClockColour.Yellow, false), (later.Colour, later.IsPaused));
        Assert.Equal(Time("2026-11-23T11:00:00+08:00"), later.DueAt);
        Assert.Null(later.ChangesAt);
    }

    [Fact]
    public void A_clock_that_ended_while_it_stood_still_says_what_was_left()
    {
        var reading = Value(
            s_clock.Read(
                s_wall,
                Time("2026-11-23T09:00:00+08:00"),
                [Pause("2026-11-23T09:30:00+08:00")],
                Time("2026-11-23T10:00:00+08:00"),
                Time("2026-11-24T10:00:00+08:00"),
                Yellow
            )
        );
        Assert.Equal((TimeSpan.FromMinutes(30), false), (reading.Used, reading.IsPaused));
        Assert.Equal(Time("2026-11-23T11:10:00+08:00"), reading.DueAt);
    }

    [Fact]
    public void An_end_before_the_start_uses_nothing()
    {
        var start = Time("2026-11-23T09:00:00+08:00");
        var reading = Value(s_clock.Read(s_wall, start, [], start.AddHours(-1), start.AddHours(5), Yellow));
        Assert.Equal((TimeSpan.Zero, ClockColour.Blue), (reading.Used, reading.Colour));
    }

    [Fact]
    public void Without_terms_it_measures_business_time_and_judges_nothing()
    {
        var reading = Read(
            terms: null,
            "2026-11-20T17:00:00+08:00",
            "2026-11-23T10:00:00+08:00",
            Pause("2026-11-23T09:00:00+08:00", "2026-11-23T09:30:00+08:00")
        );
        Assert.Equal(TimeSpan.FromMinutes(90), reading.Used);
        Assert.Equal(
            (ClockColour.Blue, null, null, null),
            (reading.Colour, reading.Allowed, reading.DueAt, reading.ChangesAt)
        );
    }

    [Fact]
    public void With_all_of_it_as_the_share_it_is_never_yellow()
    {
        var start = Time("2026-11-23T09:00:00+08:00");
        var reading = Value(s_clock.Read(s_wall, start, [], endedAt: null, start.AddMinutes(99), 100));
        Assert.Equal((ClockColour.Blue, start.AddMinutes(100)), (reading.Colour, reading.ChangesAt));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_share_that_is_none_is_a_bug_of_the_caller(int percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            s_clock.Read(s_wall, default, [], endedAt: null, default, percent)
        );

    [Fact]
    public void When_the_day_of_acceptance_is_day_one_it_is_not_after_business()
    {
        var clock = ClockParts.Sla(acceptanceDayCounts: true);
        Assert.Equal(Time("2026-11-23T17:30:00+08:00"), Due("2026-11-23T17:29:00+08:00"));
        Assert.Equal(Time("2026-11-24T17:30:00+08:00"), Due("2026-11-23T17:30:00+08:00"));
        Assert.Equal(Time("2022-01-04T17:30:00+08:00"), Due("2022-01-01T09:00:00+08:00"));

        DateTimeOffset Due(string start) =>
            ClockParts.Value(clock.DueAt(new ClockTerms(ClockKind.WorkingDays, 1), Time(start)));
    }

    private static ClockReading Read(ClockTerms? terms, string start, string now, params ClockPause[] pauses) =>
        Value(s_clock.Read(terms, Time(start), pauses, endedAt: null, Time(now), Yellow));

    private static ClockReading At(ClockTerms terms, string start, DateTimeOffset now) =>
        Value(s_clock.Read(terms, Time(start), [], endedAt: null, now, Yellow));

    private static ClockPause Pause(string from, string? until = null) =>
        new(Time(from), until is null ? null : Time(until));

    private static DateTimeOffset Time(string text) => ClockParts.Time(text);

    private static ClockReading Value(CalendarResult<ClockReading> reckoned) => ClockParts.Value(reckoned);
}
