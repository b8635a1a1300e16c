using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Policy;

/// <summary>Unready when no edition of the policy data is in force today.</summary>
internal sealed class PolicyCheck(PolicyBook book, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            book.Covers(time.GetUtcNow())
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("No edition of the policy data is in force today.")
        );
}
