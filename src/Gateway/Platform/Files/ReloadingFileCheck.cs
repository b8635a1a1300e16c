using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Files;

/// <summary>Degraded while the file is not what is in force: the last good edition is.</summary>
internal sealed class ReloadingFileCheck<TFile>(TFile file) : IHealthCheck
    where TFile : ReloadingFile
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(file.IsBehind ? HealthCheckResult.Degraded(file.BehindDetail) : HealthCheckResult.Healthy());
}
