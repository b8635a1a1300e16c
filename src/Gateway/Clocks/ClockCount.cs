using Integration.Contracts.V1.Cases;

namespace Integration.Gateway.Clocks;

/// <summary>Counts the time of a clock in the way its kind asks for.</summary>
internal readonly record struct ClockCount(BusinessTime Business, ClockKind Kind)
{
    public CalendarResult<TimeSpan> Between(DateTimeOffset from, DateTimeOffset until) =>
        Kind == ClockKind.WallMinutes ? until - from : Business.Between(from, until);

    /// <summary>What was used up in these runs until a moment.</summary>
    public CalendarResult<TimeSpan> Used(IReadOnlyList<ClockRun> runs, DateTimeOffset at)
    {
        var sum = TimeSpan.Zero;
        foreach (var run in runs)
        {
            if (!Between(run.From, run.Until ?? at).Succeeded(out var used, out var missing))
            {
                return missing;
            }

            sum += used;
        }

        return sum;
    }

    /// <summary>The first moment at which so much is used up; null when the clock stands still before that.</summary>
    public CalendarResult<DateTimeOffset?> Reached(IReadOnlyList<ClockRun> runs, TimeSpan amount)
    {
        foreach (var run in runs)
        {
            if (run.Until is not { } until)
            {
                return Nullable(After(run.From, amount));
            }

            if (!Between(run.From, until).Succeeded(out var used, out var missing))
            {
                return missing;
            }

            if (amount <= used)
            {
                return Nullable(After(run.From, amount));
            }

            amount -= used;
        }

        return default(DateTimeOffset?);
    }

    private static CalendarResult<DateTimeOffset?> Nullable(CalendarResult<DateTimeOffset> moment) =>
        moment.Succeeded(out var value, out var missing) ? (DateTimeOffset?)value : missing;

    private CalendarResult<DateTimeOffset> After(DateTimeOffset from, TimeSpan amount) =>
        Kind == ClockKind.WallMinutes ? ChinaTime.In(from + amount) : Business.After(from, amount);
}
