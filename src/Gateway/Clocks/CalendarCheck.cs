using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Clocks;

/// <summary>
/// Unready without the calendar of this year; degraded when limits that start now may end in a year that is not there.
/// </summary>
internal sealed class CalendarCheck(WorkingCalendar calendar, TimeProvider time) : IHealthCheck
{
    /// <summary>Longer than any limit in working days.</summary>
    private const int DaysAhead = 30;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var today = ChinaTime.Day(time.GetUtcNow());
        return Task.FromResult(
            !calendar.Years.Contains(today.Year) ? HealthCheckResult.Unhealthy(Missing(today.Year))
            : !calendar.Years.Contains(today.AddDays(DaysAhead).Year)
                ? HealthCheckResult.Degraded(Missing(today.Year + 1))
            : HealthCheckResult.Healthy()
        );
    }

    private static string Missing(int year) =>
        $"{new MissingYear(year).Note} Put {year}.json into the folder of {ClockOptions.Section}:Calendars.";
}
