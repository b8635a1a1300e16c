using Integration.Contracts.V1.Notices;
using Integration.Gateway.Callers;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Notices.Operations;

/// <summary>
/// Degraded when a subscriber does not take what it is told, has dead letters, or belongs to a client that the callers file does not have. Never
/// unready: what happened is on record whether a subscriber is told or not.
/// </summary>
internal sealed class NoticesCheck(NoticeReadModel model, CallerDirectory callers, TimeProvider time) : IHealthCheck
{
    /// <summary>A notice that waits for longer is late.</summary>
    private static readonly TimeSpan s_late = TimeSpan.FromHours(1);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var subscribers = await model.SubscribersAsync(cancellationToken);
        var parts = subscribers.ToDictionary(
            subscriber => subscriber.Name,
            object (subscriber) => IsWell(subscriber) ? HealthStatus.Healthy : HealthStatus.Degraded,
            StringComparer.Ordinal
        );
        return parts.ContainsValue(HealthStatus.Degraded)
            ? HealthCheckResult.Degraded(
                "A subscriber is told late, has dead letters, or belongs to no client.",
                exception: null,
                parts
            )
            : HealthCheckResult.Healthy(description: null, parts);
    }

    private bool IsWell(SubscriberResponse subscriber) =>
        subscriber.DeadLetters == 0
        && (subscriber.OldestAt is not { } oldest || time.GetUtcNow() - oldest <= s_late)
        && subscriber.Client is { } client
        && callers.Current.Find(client) is not null;
}
