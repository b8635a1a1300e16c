namespace Integration.Gateway.Clocks;

/// <summary>
/// Business time: the hours of working days, and nothing else. Each question takes the same time however far apart the
/// moments lie. A year is needed when a moment of it is counted, its nights and days off included.
/// </summary>
internal readonly record struct BusinessTime(WorkingCalendar Calendar, BusinessHours Hours)
{
    /// <summary>Business time from one moment (counted) to another (not counted); nothing when they are the wrong way round.</summary>
    public CalendarResult<TimeSpan> Between(DateTimeOffset from, DateTimeOffset until)
    {
        if (until <= from)
        {
            return TimeSpan.Zero;
        }

        return Calendar.MissingIn(ChinaTime.Day(from), ChinaTime.Day(until.AddTicks(-1))) is { } missing
            ? missing
            : TimeSpan.FromTicks(Position(until) - Position(from));
    }

    /// <summary>The first moment at which so much business time has passed.</summary>
    /// <param name="startedAt">From when; the answer itself when <paramref name="amount"/> is nothing.</param>
    /// <param name="amount">Business time.</param>
    public CalendarResult<DateTimeOffset> After(DateTimeOffset startedAt, TimeSpan amount)
    {
        var from = ChinaTime.Day(startedAt);
        if (Calendar.MissingIn(from, from) is { } missing)
        {
            return missing;
        }

        if (amount <= TimeSpan.Zero)
        {
            return ChinaTime.In(startedAt);
        }

        // One tick less and one more: a span that is used up ends in itself, not at the beginning of the next.
        var (days, ticks) = Math.DivRem(Position(startedAt) + amount.Ticks - 1, Hours.Length.Ticks);
        return Calendar.WorkingDay(days, from).Succeeded(out var day, out missing)
            ? ChinaTime.At(day, Hours.Reach(TimeSpan.FromTicks(ticks + 1)))
            : missing;
    }

    /// <summary>The end of business on the n-th working day from a day on.</summary>
    /// <param name="day">The day.</param>
    /// <param name="workingDays">At least 1.</param>
    /// <param name="isDayOne">Whether that day, if it is a working day, is the first; otherwise the first is a later one.</param>
    public CalendarResult<DateTimeOffset> EndOf(DateOnly day, int workingDays, bool isDayOne)
    {
        if (Calendar.MissingIn(day, day) is { } missing)
        {
            return missing;
        }

        var before = Calendar.CountBefore(isDayOne ? day : day.AddDays(1));
        return Calendar.WorkingDay(before + workingDays - 1L, day).Succeeded(out var last, out missing)
            ? ChinaTime.At(last, Hours.End)
            : missing;
    }

    /// <summary>Business time, in ticks, that lies before a moment, counted from some fixed day.</summary>
    private long Position(DateTimeOffset moment)
    {
        var local = ChinaTime.In(moment);
        var day = DateOnly.FromDateTime(local.DateTime);
        var whole = Calendar.CountBefore(day) * Hours.Length.Ticks;
        return Calendar.IsWorkingDay(day).Succeeded(out var isWorking, out _) && isWorking
            ? whole + Hours.Before(local.TimeOfDay).Ticks
            : whole;
    }
}
