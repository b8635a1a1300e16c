using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>Degraded while the catalogue's file is not what is in force.</summary>
internal sealed class CatalogueCheck(CatalogueDirectory directory) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            directory.IsBehind
                ? HealthCheckResult.Degraded(
                    "The service catalogue's file is not in force: it is wrong, or cannot be put on record. The one before is."
                )
                : HealthCheckResult.Healthy()
        );
}
