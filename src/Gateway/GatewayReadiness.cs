using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices.Operations;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Files;
using Integration.Gateway.Platform.Health;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Platform.Telemetry;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Policy;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Signatures;
using Integration.Gateway.Verifications.Queries;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway;

/// <summary>What <c>/health/ready</c> lists. Unready: no work may come. Degraded: work may come, operators should look.</summary>
/// <remarks>What can only degrade names <see cref="HealthStatus.Degraded"/>: a check that takes too long, or throws, says no more than it could have found.</remarks>
internal static class GatewayReadiness
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public static IHealthChecksBuilder AddReadiness(this IServiceCollection services) =>
        services
            .AddHealth()
            .AddCheck<DatabaseCheck>("database", failureStatus: null, tags: [], s_patience)
            .AddCheck<NodeClockCheck>("node-clock")
            .AddCheck<KeysCheck>("keys")
            .AddCheck<EvidenceCheck>("evidence")
            .AddCheck<TimerCheck>("timers", HealthStatus.Degraded)
            .AddCheck<SignaturesCheck>("signatures", HealthStatus.Degraded)
            .AddCheck<ReloadingFileCheck<CallerDirectory>>("callers", HealthStatus.Degraded)
            .AddCheck<PolicyCheck>("policy")
            .AddCheck<CalendarCheck>("clock-data")
            .AddCheck<ReloadingFileCheck<CatalogueDirectory>>("service-catalogue", HealthStatus.Degraded)
            .AddCheck<TelemetryCheck>("telemetry", HealthStatus.Degraded)
            .AddCheck<NoticesCheck>("notices", HealthStatus.Degraded)
            .AddCheck<AgenciesCheck>("agencies", HealthStatus.Degraded);
}
