namespace Integration.Gateway.Clocks;

/// <summary>
/// When a limit is reached. Pure: the same question always gets the same answer, or the year whose calendar is missing.
/// All times are Asia/Shanghai.
/// </summary>
/// <param name="calendar">Working days.</param>
/// <param name="hours">Hours of a working day.</param>
/// <param name="acceptanceDayCounts">Whether a working day of acceptance is day 1 instead of day 0.</param>
internal sealed class LimitClock(WorkingCalendar calendar, BusinessHours hours, bool acceptanceDayCounts)
{
    /// <summary>The end of business on the n-th working day.</summary>
    /// <param name="acceptedAt">When it was accepted; its day is day 0 unless configured otherwise.</param>
    /// <param name="workingDays">At least 1.</param>
    public Reckoned<DateTimeOffset> DueAt(DateTimeOffset acceptedAt, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingDays, 1);
        var day = ChinaTime.Day(acceptedAt);
        if (!calendar.IsWorkingDay(day).Succeeded(out var isWorking, out var missing))
        {
            return missing;
        }

        for (var left = isWorking && acceptanceDayCounts ? workingDays - 1 : workingDays; left > 0; left--)
        {
            if (!calendar.NextAfter(day).Succeeded(out day, out missing))
            {
                return missing;
            }
        }

        return ChinaTime.At(day, hours.End);
    }

    /// <summary>The moment at which so many business minutes have passed; minutes outside the hours do not count.</summary>
    /// <param name="startedAt">When the clock starts.</param>
    /// <param name="minutes">At least 1.</param>
    public Reckoned<DateTimeOffset> DueAfterMinutes(DateTimeOffset startedAt, int minutes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, 1);
        var left = TimeSpan.FromMinutes(minutes);
        var day = ChinaTime.Day(startedAt);
        if (!calendar.IsWorkingDay(day).Succeeded(out var isWorking, out var missing))
        {
            return missing;
        }

        if (isWorking && Spend(ref left, day, ChinaTime.In(startedAt)) is { } sameDay)
        {
            return sameDay;
        }

        while (calendar.NextAfter(day).Succeeded(out day, out missing))
        {
            if (Spend(ref left, day, from: DateTimeOffset.MinValue) is { } due)
            {
                return due;
            }
        }

        return missing;
    }

    /// <summary>Takes what this day offers off the rest; the moment at which nothing is left, or null.</summary>
    private DateTimeOffset? Spend(ref TimeSpan left, DateOnly day, DateTimeOffset from)
    {
        foreach (var span in hours.Spans)
        {
            var start = ChinaTime.At(day, span.From);
            var end = ChinaTime.At(day, span.Until);
            start = from > start ? from : start;
            if (start >= end)
            {
                continue;
            }

            if (left <= end - start)
            {
                return start + left;
            }

            left -= end - start;
        }

        return null;
    }
}
