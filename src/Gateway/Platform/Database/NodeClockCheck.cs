using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Database;

/// <summary>Unready while the clock of this node differs from the database's by more than <see cref="ClusterClock.Allowed"/>.</summary>
internal sealed class NodeClockCheck(ClusterClock clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(clock.IsAstray ? HealthCheckResult.Unhealthy(Fault(clock.Lead)) : HealthCheckResult.Healthy());

    private static string Fault(TimeSpan lead) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"This node's clock is {lead.Duration().TotalSeconds:0} s {(lead > TimeSpan.Zero ? "ahead of" : "behind")} the database's; {ClusterClock.Allowed.TotalSeconds:0} s are allowed. The node takes no work. Set the clock of the machine right (NTP); if every node says so, that of the database server."
        );
}
