using System.Collections.Concurrent;
using Integration.Adapters.Ports;
using Integration.Gateway.Limits;
using Integration.Gateway.Sharing.Catalogue;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>
/// A gate for each operation of the catalogue in force. When the catalogue changes, an operation whose limits did not keeps
/// its gate and with it what is used of it; one whose limits did starts anew, but for its day.
/// </summary>
internal sealed class OperationGates(
    CatalogueDirectory catalogues,
    IDailyQuotas quotas,
    LimitMetrics metrics,
    TimeProvider time
)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<(string Operation, LimitsEntry Limits), OperationGate> _gates = new();

    /// <summary>Counts one request of a caller, before anything is done for it.</summary>
    public async ValueTask<OperationPlace> EnterAsync(ShareCall call, CancellationToken cancellationToken)
    {
        var place = await GateFor(call.Operation).EnterAsync(call.Granted.Caller.Id, cancellationToken);
        if (place.Refusal is not null)
        {
            metrics.Refused(place.Limit, call.Granted.Caller.Kind);
        }

        return place;
    }

    private OperationGate GateFor(SharedOperation operation) =>
        _gates.TryGetValue((operation.Name, operation.Limits), out var gate) ? gate : Add(operation);

    private OperationGate Add(SharedOperation operation)
    {
        lock (_lock)
        {
            var inForce = catalogues.Current.Operations.Select(known => (known.Name, known.Limits)).ToHashSet();
            foreach (var old in _gates.Keys.Where(key => !inForce.Contains(key)))
            {
                _gates.TryRemove(old, out _);
            }

            return _gates.GetOrAdd(
                (operation.Name, operation.Limits),
                static (key, of) => new OperationGate(key.Operation, key.Limits, of.quotas, of.time),
                (quotas, time)
            );
        }
    }
}
