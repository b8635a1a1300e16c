using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Timers;

/// <summary>The engine runs and no handler fails for good; requests do not need it, so it never makes the gateway unready.</summary>
internal sealed class TimerCheck(TimerEngine engine, IDbContextFactory<GatewayDb> factory) : IHealthCheck
{
    /// <summary>More are not counted; those that fail have an index of their own.</summary>
    private const int Most = 1000;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (!engine.IsReady)
        {
            return HealthCheckResult.Degraded("The timer engine is starting.");
        }

        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var failing = await db.Set<TimerRow>().Where(row => row.Failures > 0).Take(Most).CountAsync(cancellationToken);
        return failing switch
        {
            0 => HealthCheckResult.Healthy(),
            Most => HealthCheckResult.Degraded($"At least {Most} timers fail again and again."),
            _ => HealthCheckResult.Degraded($"{failing} timers fail again and again."),
        };
    }
}
