using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Evidence;

/// <summary>
/// Unready for a moment after a commit failed, so that others may be asked; then requests may find out whether it works
/// again. Degraded while half of the queue is full.
/// </summary>
internal sealed class EvidenceCheck(EvidenceLog log, IOptions<EvidenceOptions> options, TimeProvider time)
    : IHealthCheck
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(10);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            time.GetUtcNow() - log.UnavailableAt < s_moment
                ? HealthCheckResult.Unhealthy("Evidence could not be committed: there is no answer without it.")
            : log.Waiting > options.Value.QueueLength / 2
                ? HealthCheckResult.Degraded("Evidence waits longer than usual to be committed.")
            : HealthCheckResult.Healthy()
        );
}
