using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Health;

/// <summary>Ready between the end of the start (migrations included) and the first word of a stop.</summary>
internal sealed class ProcessCheck(IHostApplicationLifetime life) : IHealthCheck
{
    public const string Name = "process";

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(Judge(life));

    public static HealthCheckResult Judge(IHostApplicationLifetime life) =>
        life.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The gateway is stopping.")
        : life.ApplicationStarted.IsCancellationRequested ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy("The gateway is starting.");
}
