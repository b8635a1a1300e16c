using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Timers;

/// <summary>The engine runs and no handler fails for good; requests do not need it, so it never makes the gateway unready.</summary>
internal sealed class TimerCheck(TimerScheduler scheduler, IDbContextFactory<GatewayDb> factory) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (!scheduler.IsReady)
        {
            return HealthCheckResult.Degraded("The timer engine is starting.");
        }

        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var failing = await db.Set<TimerRow>().CountAsync(row => row.Failures > 0, cancellationToken);
        return failing == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"{failing} timers fail again and again.");
    }
}
