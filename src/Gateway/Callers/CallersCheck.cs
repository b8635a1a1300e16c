using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Callers;

/// <summary>Degraded when the callers file was changed into something wrong; the last good one stays in force.</summary>
internal sealed class CallersCheck(CallerDirectory directory) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            directory.IsBehind
                ? HealthCheckResult.Degraded(
                    "The callers file is wrong: an older one is in force. The log lists the faults."
                )
                : HealthCheckResult.Healthy()
        );
}
