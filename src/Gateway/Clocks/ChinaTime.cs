namespace Integration.Gateway.Clocks;

/// <summary>
/// Time as the law counts it. Asia/Shanghai has had one offset and no summer time since 1991, so the offset is fixed:
/// due times then never depend on the time-zone data of a machine. A test holds it against that data.
/// </summary>
internal static class ChinaTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateTimeOffset In(DateTimeOffset moment) => moment.ToOffset(Offset);

    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day, time, Offset);

    public static DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(In(moment).DateTime);

    /// <summary>How long it is until the next day begins in China.</summary>
    public static TimeSpan UntilTomorrow(DateTimeOffset moment) => TimeSpan.FromDays(1) - In(moment).TimeOfDay;
}
