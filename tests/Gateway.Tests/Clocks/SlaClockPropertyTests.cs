using CsCheck;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.Tests.Clocks;

/// <summary>Random clocks of 2022 to 2026: against the reference, and against what has to hold for any clock.</summary>
public class SlaClockPropertyTests
{
    private static readonly MinuteByMinute s_reference = new();
    private static readonly SlaClock s_clock = ClockParts.Sla();

    private static readonly Gen<(int From, int? Until)> s_pause = Gen.Select(
        Gen.Int[-2_000, 20_000],
        Gen.Frequency((1, Gen.Const(default(int?))), (9, Gen.Int[-50, 8_000].Select(length => (int?)length))),
        (from, length) => (from, from + length)
    );

    private static readonly Gen<(NaiveClock Clock, int Now)> s_clocks =
        from kind in Gen.Enum<ClockKind>()
        from amount in kind == ClockKind.WorkingDays ? Gen.Int[1, 12] : Gen.Int[1, 3_000]
        from start in Gen.Frequency(
            (9, Gen.Int[0, s_reference.Length - 1]),
            (1, Gen.Int[s_reference.Length - 20_000, s_reference.Length - 1])
        )
        from pauses in s_pause.List[0, 5]
        from end in Gen.Frequency(
            (3, Gen.Const(default(int?))),
            (1, Gen.Int[-100, 20_000].Select(length => (int?)length))
        )
        from now in Gen.Int[-500, 25_000]
        from yellow in Gen.Int[1, 100]
        select (
            new NaiveClock(
                kind,
                amount,
                start,
                [.. pauses.Select(pause => (start + pause.From, start + pause.Until))],
                start + end,
                yellow
            ),
            start + now
        );

    [Fact]
    public void Every_reading_is_that_of_the_minute_by_minute_reference() =>
        s_clocks.Sample(
            (clock, now) =>
            {
                var expected = s_reference.Read(clock, now);
                var isRead = Read(clock, now).Succeeded(out var reading, out var missing);
                return isRead
                    ? expected
                        == new NaiveReading(
                            Minutes(reading.Used),
                            Minutes(reading.Allowed!.Value),
                            reading.DueAt is { } due ? Minutes(due - MinuteByMinute.Moment(0)) : null,
                            reading.Colour,
                            reading.IsPaused
                        )
                    : expected is null && missing!.Year == 2027;
            },
            iter: 1_000
        );

    [Fact]
    public void A_clock_is_red_from_its_due_time_on_and_not_before() =>
        Readings(
            (clock, now, reading) =>
                reading.DueAt is not { } due
                || clock.End is not null
                || (
                    Colour(WithPausesUntil(clock, now), due) == ClockColour.Red
                    && Colour(WithPausesUntil(clock, now), due.AddTicks(-1)) != ClockColour.Red
                )
        );

    [Fact]
    public void The_colour_changes_when_it_says_and_not_before() =>
        Readings(
            (clock, now, reading) =>
            {
                if (reading.ChangesAt is not { } moment || clock.End is not null)
                {
                    return true;
                }

                var known = WithPausesUntil(clock, now);
                return moment > MinuteByMinute.Moment(now)
                    && Colour(known, moment) > reading.Colour
                    && Colour(known, moment.AddTicks(-1)) == reading.Colour;
            }
        );

    [Fact]
    public void What_is_used_never_shrinks_and_never_grows_faster_than_time() =>
        Readings(
            (clock, now, reading) =>
            {
                if (!Read(clock, now + 777).Succeeded(out var later, out _))
                {
                    return true;
                }

                return later.Used >= reading.Used && later.Used - reading.Used <= TimeSpan.FromMinutes(777);
            }
        );

    [Fact]
    public void One_more_pause_uses_less_and_is_never_due_earlier() =>
        s_clocks
            .Select(s_pause)
            .Sample(
                (pair, extra) =>
                {
                    var (clock, now) = pair;
                    var more = clock with
                    {
                        Pauses = [.. clock.Pauses, (clock.Start + extra.From, clock.Start + extra.Until)],
                    };
                    return !Read(clock, now).Succeeded(out var before, out _)
                        || !Read(more, now).Succeeded(out var after, out _)
                        || (
                            after.Used <= before.Used
                            && after.Colour <= before.Colour
                            && (
                                before.DueAt is null
                                    ? after.DueAt is null
                                    : after.DueAt is null || after.DueAt >= before.DueAt
                            )
                        );
                },
                iter: 2_000
            );

    [Fact]
    public void The_order_of_pauses_and_saying_one_twice_change_nothing() =>
        s_clocks.Sample(
            (clock, now) =>
            {
                var reversed = clock with { Pauses = [.. clock.Pauses.Reverse()] };
                var twice = clock with { Pauses = [.. clock.Pauses, .. clock.Pauses] };
                return Read(clock, now) == Read(reversed, now) && Read(clock, now) == Read(twice, now);
            },
            iter: 2_000
        );

    [Fact]
    public void Merging_is_done_once_and_leaves_pauses_apart_and_in_order() =>
        s_clocks.Sample(
            (clock, _) =>
            {
                var merged = ClockRuns.Merged(clock.ClockPauses);
                return merged.SequenceEqual(ClockRuns.Merged(merged))
                    && merged.SequenceEqual(ClockRuns.Merged(clock.ClockPauses.Reverse()))
                    && merged.All(pause => !(pause.Until <= pause.From))
                    && merged.Zip(merged.Skip(1)).All(pair => pair.First.Until < pair.Second.From);
            },
            iter: 2_000
        );

    [Fact]
    public void Merged_pauses_cover_the_same_minutes() =>
        s_pause
            .List[0, 6]
            .Select(Gen.Int[-3_000, 30_000])
            .Sample(
                (pauses, minute) =>
                {
                    var clock = new NaiveClock(ClockKind.WallMinutes, 1, 0, pauses, End: null, YellowFrom: 70);
                    var moment = MinuteByMinute.Moment(minute);
                    return ClockRuns
                            .Merged(clock.ClockPauses)
                            .Any(pause => pause.From <= moment && !(pause.Until <= moment))
                        == pauses.Any(pause => pause.From <= minute && !(pause.Until <= minute));
                },
                iter: 5_000
            );

    private static void Readings(Func<NaiveClock, int, ClockReading, bool> holds) =>
        s_clocks.Sample(
            (clock, now) => !Read(clock, now).Succeeded(out var reading, out _) || holds(clock, now, reading),
            iter: 2_000
        );

    private static CalendarResult<ClockReading> Read(NaiveClock clock, int now) =>
        Read(clock, MinuteByMinute.Moment(now));

    private static CalendarResult<ClockReading> Read(NaiveClock clock, DateTimeOffset now) =>
        s_clock.Read(
            clock.Terms,
            MinuteByMinute.Moment(clock.Start),
            clock.ClockPauses,
            clock.End is { } end ? MinuteByMinute.Moment(end) : null,
            now,
            clock.YellowFrom
        );

    private static ClockColour Colour(NaiveClock clock, DateTimeOffset now) =>
        ClockParts.Value(Read(clock, now)).Colour;

    /// <summary>The same clock if nothing pauses it after a moment: what a due time takes for granted.</summary>
    private static NaiveClock WithPausesUntil(NaiveClock clock, int now) =>
        clock with
        {
            Pauses = [.. clock.Pauses.Where(pause => pause.From <= Math.Max(now, clock.Start))],
        };

    private static int Minutes(TimeSpan time)
    {
        Assert.Equal(0, time.Ticks % TimeSpan.TicksPerMinute);
        return (int)time.TotalMinutes;
    }
}
