using System.Threading.RateLimiting;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Gates;

/// <summary>
/// The one gate of an agency, in the order in which a request meets it; what costs or consumes least comes first, and a
/// refusal gives back what was taken before it:
/// <code>
/// maintenance   operators say so
///  place        so many at once; live requests wait for one, batches take spare ones of their share
///   rate        so many a second
///    day        so many a day over all nodes; what cannot be counted is refused
/// </code>
/// </summary>
internal sealed class AgencyGate : IDisposable
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    private readonly AgencyLimits _limits;
    private readonly MaintenanceSigns _maintenance;
    private readonly AgencyTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ConcurrencyLimiter _places;
    private readonly ConcurrencyLimiter _batches;
    private readonly SendCount _count;

    public AgencyGate(
        string agency,
        AgencyLimits limits,
        MaintenanceSigns maintenance,
        IDailyQuotas quotas,
        AgencyTelemetry telemetry,
        TimeProvider time
    )
    {
        (Agency, _limits, _maintenance, _telemetry, _time) = (agency, limits, maintenance, telemetry, time);
        ForBatches = Math.Max(1, (int)(limits.Parallel * limits.BatchShare));
        _places = Limiter(limits.Parallel, limits.Waiting);
        _batches = Limiter(ForBatches, waiting: 0);
        _count = new SendCount($"agency:{agency}", limits, quotas, time);
    }

    public string Agency { get; }

    public AgencyUse Use
    {
        get
        {
            var places = _places.GetStatistics()!;
            return new AgencyUse(
                _limits.Parallel - (int)places.CurrentAvailablePermits,
                (int)places.CurrentQueuedCount,
                _limits.Parallel,
                _limits.Waiting,
                ForBatches,
                _count.Rate,
                _count.Day
            );
        }
    }

    private int ForBatches { get; }

    /// <inheritdoc cref="IAgencyGates.Enter" />
    public async ValueTask<AgencyPlace> Enter(CallPriority priority, CancellationToken cancellationToken)
    {
        if (OutOfService() is { } closed)
        {
            return closed;
        }

        var (place, noPlace) =
            priority == CallPriority.Live ? await WaitForPlace(cancellationToken) : (SparePlace(), "no-place");
        if (place is null)
        {
            return Refuse(new AgencyFailure(FailureStage.Bulkhead, FailureSide.Gateway, noPlace), s_soon);
        }

        var given = false;
        try
        {
            if (OutOfService() is { } closedMeanwhile)
            {
                return closedMeanwhile;
            }

            if (await _count.Take(cancellationToken) is { } used)
            {
                return Refuse(used.Failure, used.RetryAfter);
            }

            given = true;
            return new GivenPlace(place, CountAgain);
        }
        finally
        {
            if (!given)
            {
                place.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _batches.Dispose();
    }

    private static ConcurrencyLimiter Limiter(int permits, int waiting) =>
        new(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = permits,
                QueueLimit = waiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );

    private RefusedPlace? OutOfService() =>
        _maintenance.IsOn(out var retryAfter)
            ? Refuse(new AgencyFailure(FailureStage.Maintenance, FailureSide.Gateway, "maintenance"), retryAfter)
            : null;

    /// <summary>One that nobody waits for, out of the batches' share.</summary>
    private LeasedPlace? SparePlace()
    {
        var share = _batches.AttemptAcquire();
        if (share.IsAcquired)
        {
            var lease = _places.AttemptAcquire();
            if (lease.IsAcquired)
            {
                return new LeasedPlace(lease, share);
            }

            lease.Dispose();
        }

        share.Dispose();
        return null;
    }

    private async ValueTask<(LeasedPlace? Place, string Code)> WaitForPlace(CancellationToken cancellationToken)
    {
        var lease = _places.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            using var patience = new CancellationTokenSource(_limits.TotalTime, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            try
            {
                lease = await _places.AcquireAsync(1, either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return (null, "waited-too-long");
            }
        }

        if (lease.IsAcquired)
        {
            return (new LeasedPlace(lease, null), string.Empty);
        }

        lease.Dispose();
        return (null, "no-place");
    }

    private async ValueTask<AgencyFailure?> CountAgain(CancellationToken cancellationToken) =>
        await _count.Take(cancellationToken) is { } used ? Refuse(used.Failure, used.RetryAfter).Failure : null;

    private RefusedPlace Refuse(AgencyFailure failure, TimeSpan? retryAfter)
    {
        _telemetry.TurnedAway(Agency, failure);
        return new RefusedPlace(failure, retryAfter);
    }
}
