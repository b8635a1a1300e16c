using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Database;

/// <summary>Unready when the database does not answer, or its files are not ours any more. The schema was brought up to date before the listeners opened.</summary>
internal sealed class DatabaseCheck(IDbContextFactory<GatewayDb> factory, DatabaseFiles files) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (files.Fault is { } fault)
        {
            return HealthCheckResult.Unhealthy(fault);
        }

        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database does not answer: nothing can be acknowledged.");
    }
}
