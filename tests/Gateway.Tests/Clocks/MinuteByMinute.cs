using System.Globalization;
using System.Text.Json;
using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.Tests.Clocks;

/// <summary>
/// The reference: five years as a row of minutes, walked one by one. It reads the announced days itself and shares nothing
/// with the gateway but the shape of questions and answers. Every moment is a whole minute, counted from the first of January 2022 in China.
/// </summary>
internal sealed class MinuteByMinute
{
    private static readonly DateTime s_origin = new(2022, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Whether a minute is business time.</summary>
    private readonly bool[] _isOpen = Open();

    /// <summary>Minutes of the five years.</summary>
    public int Length => _isOpen.Length;

    public static DateTimeOffset Moment(int minute) => new(s_origin.AddMinutes(minute), TimeSpan.FromHours(8));

    /// <summary>What the clock says, or null when it needs a minute of 2027.</summary>
    public NaiveReading? Read(NaiveClock clock, int now)
    {
        var isOver = clock.End <= now;
        var at = Math.Max(clock.Start, isOver ? clock.End!.Value : now);
        if (Allowed(clock) is not { } allowed)
        {
            return null;
        }

        var used = 0;
        for (var minute = clock.Start; minute < at; minute++)
        {
            if (!Stands(clock, minute, at, isOver))
            {
                if (Counts(clock.Kind, minute) is not { } counts)
                {
                    return null;
                }

                used += counts ? 1 : 0;
            }
        }

        var isPaused = !isOver && Stands(clock, at, at, isOver);
        var colour =
            used >= allowed ? ClockColour.Red
            : used * 100 >= allowed * clock.YellowFrom ? ClockColour.Yellow
            : ClockColour.Blue;
        if (isPaused && used < allowed)
        {
            return new NaiveReading(used, allowed, null, colour, isPaused);
        }

        return Due(clock, allowed, at, isOver) is { } due
            ? new NaiveReading(used, allowed, due, colour, isPaused)
            : null;
    }

    private int? Due(NaiveClock clock, int allowed, int at, bool isOver)
    {
        var used = 0;
        for (var minute = clock.Start; ; minute++)
        {
            if (Stands(clock, minute, at, isOver))
            {
                continue;
            }

            if (Counts(clock.Kind, minute) is not { } counts)
            {
                return null;
            }

            used += counts ? 1 : 0;
            if (used == allowed)
            {
                return minute + 1;
            }
        }
    }

    private int? Allowed(NaiveClock clock)
    {
        if (clock.Kind != ClockKind.WorkingDays)
        {
            return clock.Amount;
        }

        var allowed = 0;
        var days = 0;
        var startDay = clock.Start / 1440;
        for (var minute = clock.Start; days < clock.Amount; minute++)
        {
            if (Counts(clock.Kind, minute) is not { } counts)
            {
                return null;
            }

            allowed += counts ? 1 : 0;
            days += counts && minute / 1440 > startDay && minute % 1440 == (17 * 60) + 29 ? 1 : 0;
        }

        return allowed;
    }

    /// <summary>Whether a pause that is known at a moment holds the clock in a minute.</summary>
    private static bool Stands(NaiveClock clock, int minute, int at, bool isOver) =>
        (!isOver || minute < at)
        && clock.Pauses.Any(pause =>
            pause.From <= at
            && pause.From <= minute
            && (pause.Until is not { } until || (until > pause.From && (minute < until || (until > at && !isOver))))
        );

    private bool? Counts(ClockKind kind, int minute) =>
        kind == ClockKind.WallMinutes ? true
        : minute < _isOpen.Length ? _isOpen[minute]
        : null;

    private static bool[] Open()
    {
        var announced = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var year in Enumerable.Range(2022, 5))
        {
            var file = Path.Combine(AppContext.BaseDirectory, "Clocks", "Announced", $"{year}.json");
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var day in json.RootElement.GetProperty("days").EnumerateArray())
            {
                announced[day.GetProperty("date").GetString()!] = day.GetProperty("isOffDay").GetBoolean();
            }
        }

        var minutes = new List<bool>();
        for (var moment = s_origin; moment.Year <= 2026; moment = moment.AddMinutes(1))
        {
            var isOff = announced.TryGetValue(moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), out var off)
                ? off
                : moment.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var clock = (moment.Hour * 100) + moment.Minute;
            minutes.Add(!isOff && (clock is (>= 830 and < 1200) or (>= 1400 and < 1730)));
        }

        return [.. minutes];
    }
}

/// <summary>A clock in whole minutes.</summary>
internal sealed record NaiveClock(
    ClockKind Kind,
    int Amount,
    int Start,
    IReadOnlyList<(int From, int? Until)> Pauses,
    int? End,
    int YellowFrom
)
{
    public ClockTerms Terms => new(Kind, Amount);

    public IReadOnlyList<ClockPause> ClockPauses =>
        [
            .. Pauses.Select(pause => new ClockPause(
                MinuteByMinute.Moment(pause.From),
                pause.Until is { } until ? MinuteByMinute.Moment(until) : null
            )),
        ];
}

/// <summary>What the reference says, in minutes.</summary>
internal sealed record NaiveReading(int Used, int Allowed, int? Due, ClockColour Colour, bool IsPaused);
