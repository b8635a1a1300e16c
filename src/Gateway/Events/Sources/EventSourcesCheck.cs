using Integration.Gateway.Callers;
using Integration.Gateway.Events.Model;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Events.Sources;

/// <summary>
/// Degraded when the events of a source are received but cannot be worked on, or soon cannot be signed: its office is gone or has
/// no grant for what events are for, or its last certificate runs out within 30 days. The callers file changes while the gateway runs, so
/// this is no matter of the start alone. Names sources, never people.
/// </summary>
internal sealed class EventSourcesCheck(EventSources sources, CallerDirectory callers, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan s_notice = TimeSpan.FromDays(30);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var faults = sources.All.SelectMany(FaultsOf).ToList();
        return Task.FromResult(
            faults.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(' ', faults))
        );
    }

    private IEnumerable<string> FaultsOf(EventSource source)
    {
        var now = time.GetUtcNow();
        var office = source.Options.Office;
        if (
            !callers
                .Current.GrantsOf(office)
                .Any(grant => grant.IsValidAt(now) && EventTypes.Purposes.Any(grant.Purposes.Contains))
        )
        {
            yield return $"The office {office} of source {source.Name} has no grant for {string.Join(" or ", EventTypes.Purposes)}.";
        }

        var last = source.Signers.Max(signer => signer.Certificate.NotAfter.ToUniversalTime());
        if (last < now.UtcDateTime + s_notice)
        {
            yield return $"The certificate of source {source.Name} runs out at {last:yyyy-MM-dd} UTC.";
        }
    }
}
