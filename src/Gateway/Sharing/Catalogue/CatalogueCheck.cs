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
                ? HealthCheckResult.Degraded("The service catalogue's file was refused; the one before is in force.")
                : HealthCheckResult.Healthy()
        );
}
