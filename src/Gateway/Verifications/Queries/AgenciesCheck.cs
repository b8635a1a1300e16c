using Integration.Adapters.Ports;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Verifications.Queries;

/// <summary>
/// Degraded while an agency, or the service that hands out its call keys, is left alone by its circuit breaker. Never
/// unready: an application without that agency is still taken.
/// </summary>
internal sealed class AgenciesCheck(IAgencyConditions? conditions = null) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var parts = (conditions?.Current ?? []).ToDictionary(
            agency => agency.Agency,
            object (agency) => agency.Circuit == AgencyCircuit.Closed ? HealthStatus.Healthy : HealthStatus.Degraded,
            StringComparer.Ordinal
        );
        return Task.FromResult(
            parts.ContainsValue(HealthStatus.Degraded)
                ? HealthCheckResult.Degraded("Some agencies are not asked at the moment.", exception: null, parts)
                : HealthCheckResult.Healthy(description: null, parts)
        );
    }
}
