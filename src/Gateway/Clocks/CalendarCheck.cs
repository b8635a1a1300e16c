using Integration.Gateway.Clocks.Loading;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Clocks;

/// <summary>
/// Unready without the calendar of this year. Degraded from October on without that of the next: its notice comes in these
/// weeks, and limits that start now may end in it.
/// </summary>
internal sealed class CalendarCheck(CalendarCache calendars, TimeProvider time) : IHealthCheck
{
    private const int October = 10;

    public static HealthCheckResult Judge(WorkingCalendar calendar, DateOnly today) =>
        !calendar.Years.Contains(today.Year) ? HealthCheckResult.Unhealthy(Missing(today.Year))
        : today.Month >= October && !calendar.Years.Contains(today.Year + 1)
            ? HealthCheckResult.Degraded(Missing(today.Year + 1))
        : HealthCheckResult.Healthy();

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(Judge(calendars.Edition.Calendar, ChinaTime.Day(time.GetUtcNow())));

    private static string Missing(int year) =>
        $"{new MissingYear(year).Note} Load the State Council's notice: PUT /v1/ops/calendars/{year}.";
}
