using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices.Operations;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Health;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Policy;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Signatures;
using Integration.Gateway.Verifications.Asking;

namespace Integration.Gateway;

/// <summary>What <c>/health/ready</c> lists. Unready: no work may come. Degraded: work may come, somebody should look.</summary>
internal static class GatewayReadiness
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public static void AddReadiness(this IServiceCollection services) =>
        services
            .AddHealth()
            .AddCheck<DatabaseCheck>("database", failureStatus: null, tags: [], s_patience)
            .AddCheck<NodeClockCheck>("node-clock")
            .AddCheck<KeysCheck>("keys")
            .AddCheck<EvidenceCheck>("evidence")
            .AddCheck<TimerCheck>("timers")
            .AddCheck<SignaturesCheck>("signatures")
            .AddCheck<CallersCheck>("callers")
            .AddCheck<PolicyCheck>("policy")
            .AddCheck<CalendarCheck>("clock-data")
            .AddCheck<CatalogueCheck>("service-catalogue")
            .AddCheck<NoticesCheck>("notices")
            .AddCheck<AgenciesCheck>("agencies");
}
