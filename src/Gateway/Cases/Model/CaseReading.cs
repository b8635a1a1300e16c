using Integration.Gateway.Clocks;

namespace Integration.Gateway.Cases.Model;

/// <summary>The clocks of a case as they stand at a moment. Pure.</summary>
internal static class CaseReading
{
    /// <summary>One clock of a case at a moment.</summary>
    public static CalendarResult<ClockReading> Read(CaseClock running, SlaClock clock, DateTimeOffset now) =>
        clock.Read(
            running.Terms,
            running.StartedAt,
            [.. running.Stops.Select(stop => new ClockPause(stop.From, stop.Until))],
            running.EndedAt,
            now,
            running.YellowFromPercent
        );

    /// <summary>
    /// When the clocks are looked at again: the next change of a colour; null: none changes by itself. A clock that
    /// cannot be read is looked at now, so that it is seen.
    /// </summary>
    public static DateTimeOffset? NextLook(Case found, SlaClock clock, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var running in found.Clocks.Where(running => running.IsWatched))
        {
            if (!Read(running, clock, now).Succeeded(out var reading, out _))
            {
                return now;
            }

            var moment = reading.Colour > running.Told || !running.IsRunning ? now : reading.ChangesAt;
            next = moment < next || next is null ? moment ?? next : next;
        }

        return next;
    }

    /// <summary>A time in minutes, to the hundredth.</summary>
    public static decimal Minutes(TimeSpan time) => decimal.Round((decimal)time.Ticks / TimeSpan.TicksPerMinute, 2);
}
