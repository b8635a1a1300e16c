using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Evidence;

/// <summary>
/// Unready from a failed commit until a write has succeeded: each look tries one, so readiness returns without waiting for a
/// request or a period. Degraded while half of the queue is full.
/// </summary>
internal sealed class EvidenceCheck(EvidenceLog log, EvidenceGate gate, IOptions<EvidenceOptions> options)
    : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        await gate.FindRefusalAsync() is not null
            ? HealthCheckResult.Unhealthy("Evidence could not be committed: there is no answer without it.")
        : log.Waiting > options.Value.QueueLength / 2
            ? HealthCheckResult.Degraded("Evidence waits longer than usual to be committed.")
        : HealthCheckResult.Healthy();
}
