namespace Integration.Gateway.Clocks;

/// <summary>
/// When a limit is reached. Pure but for the calendar, which is the one in force when it is asked: the same question gets
/// the same answer, or the year whose calendar is missing. All times are Asia/Shanghai.
/// </summary>
/// <param name="calendar">The working days that are in force now.</param>
/// <param name="hours">Hours of a working day.</param>
/// <param name="acceptanceDayCounts">Whether a working day of acceptance is day 1 instead of day 0.</param>
internal sealed class LimitClock(Func<WorkingCalendar> calendar, BusinessHours hours, bool acceptanceDayCounts)
{
    public LimitClock(WorkingCalendar calendar, BusinessHours hours, bool acceptanceDayCounts)
        : this(() => calendar, hours, acceptanceDayCounts) { }

    /// <summary>Business time by the calendar that is in force now; a reader that counts twice for one answer asks once.</summary>
    public BusinessTime Business => new(calendar(), hours);

    /// <summary>The end of business on the n-th working day.</summary>
    /// <param name="acceptedAt">When it was accepted; its day is day 0 unless configured otherwise.</param>
    /// <param name="workingDays">At least 1.</param>
    public CalendarResult<DateTimeOffset> DueAt(DateTimeOffset acceptedAt, int workingDays) =>
        DueAt(Business, acceptedAt, workingDays);

    /// <summary>The moment at which so many business minutes have passed; minutes outside the hours do not count.</summary>
    /// <param name="startedAt">When the clock starts.</param>
    /// <param name="minutes">At least 1.</param>
    public CalendarResult<DateTimeOffset> DueAfterMinutes(DateTimeOffset startedAt, int minutes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, 1);
        return Business.After(startedAt, TimeSpan.FromMinutes(minutes));
    }

    /// <inheritdoc cref="DueAt(DateTimeOffset, int)" />
    public CalendarResult<DateTimeOffset> DueAt(BusinessTime business, DateTimeOffset acceptedAt, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingDays, 1);

        // A day whose business is over cannot be day 1: the limit would end before it began.
        var isDayOne = acceptanceDayCounts && ChinaTime.In(acceptedAt).TimeOfDay < hours.End.ToTimeSpan();
        return business.EndOf(ChinaTime.Day(acceptedAt), workingDays, isDayOne);
    }
}
