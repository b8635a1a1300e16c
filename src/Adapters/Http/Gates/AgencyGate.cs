using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Gates;

/// <summary>
/// The one gate of an agency, in the order in which a request meets it; what costs or consumes least comes first, and a
/// refusal gives back what was taken before it:
/// <code>
/// maintenance   operators say so
///  place        so many at once, shared fairly by callers; live requests wait for one, batches take spare ones of their share
///   rate        so many a second
///    day        so many a day over all nodes; what cannot be counted is refused
/// </code>
/// </summary>
internal sealed class AgencyGate
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    private readonly AgencyLimits _limits;
    private readonly MaintenanceSigns _maintenance;
    private readonly AgencyTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly PlaceQueue _places;
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
        _places = new PlaceQueue(limits.Parallel, limits.Waiting, ForBatches);
        _count = new SendCount($"agency:{agency}", limits, quotas, time);
    }

    public string Agency { get; }

    public AgencyUse Use
    {
        get
        {
            var (inUse, waiting) = _places.Use;
            return new AgencyUse(
                inUse,
                waiting,
                _limits.Parallel,
                _limits.Waiting,
                ForBatches,
                _count.Rate,
                _count.Day
            );
        }
    }

    private int ForBatches { get; }

    /// <inheritdoc cref="IAgencyGates.EnterAsync" />
    public async ValueTask<AgencyPlace> EnterAsync(
        string caller,
        CallPriority priority,
        CancellationToken cancellationToken
    )
    {
        if (OutOfService() is { } closed)
        {
            return closed;
        }

        var (place, noPlace) =
            priority == CallPriority.Live
                ? await WaitForPlaceAsync(caller, cancellationToken)
                : (_places.TakeSpare(caller), "no-place");
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

            if (await _count.TakeAsync(cancellationToken) is { } used)
            {
                return Refuse(used.Failure, used.RetryAfter);
            }

            given = true;
            return new GivenPlace(place, CountAgainAsync);
        }
        finally
        {
            if (!given)
            {
                place.Dispose();
            }
        }
    }

    private RefusedPlace? OutOfService() =>
        _maintenance.IsOn(out var retryAfter)
            ? Refuse(new AgencyFailure(FailureStage.Maintenance, FailureSide.Gateway, "maintenance"), retryAfter)
            : null;

    private async ValueTask<(LeasedPlace? Place, string Code)> WaitForPlaceAsync(
        string caller,
        CancellationToken cancellationToken
    )
    {
        if (_places.TryTake(caller) is { } free)
        {
            return (free, string.Empty);
        }

        using var patience = new CancellationTokenSource(_limits.TotalTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return (await _places.TakeAsync(caller, either.Token), "no-place");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, "waited-too-long");
        }
    }

    private async ValueTask<AgencyFailure?> CountAgainAsync(CancellationToken cancellationToken) =>
        await _count.TakeAsync(cancellationToken) is { } used ? Refuse(used.Failure, used.RetryAfter).Failure : null;

    private RefusedPlace Refuse(AgencyFailure failure, TimeSpan? retryAfter)
    {
        _telemetry.TurnedAway(Agency, failure);
        return new RefusedPlace(failure, retryAfter);
    }
}
