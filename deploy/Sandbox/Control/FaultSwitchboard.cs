using System.Collections.Concurrent;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Control;

/// <summary>One switch per agency. A call takes the fault that is on; a counted fault goes off after its last call.</summary>
internal sealed class FaultSwitchboard(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Switch> _switches = new(StringComparer.Ordinal);

    /// <summary>Replaces what was switched on for the agency.</summary>
    public void Set(FaultOrder order)
    {
        var next = order.Kind == FaultKind.None ? null : new Switch(order, time.GetUtcNow());
        Clear(order.Agency);
        if (next is not null)
        {
            _switches[order.Agency] = next;
        }
    }

    public void Clear()
    {
        foreach (var agency in _switches.Keys)
        {
            Clear(agency);
        }
    }

    /// <summary>The fault that hits this call; null when there is none.</summary>
    public Fault? Take(string agency, Operation operation)
    {
        if (!_switches.TryGetValue(agency, out var current) || current.Spares(operation))
        {
            return null;
        }

        if (current.TryTake(time.GetUtcNow()) is { } fault)
        {
            return fault;
        }

        _switches.TryRemove(KeyValuePair.Create(agency, current));
        return null;
    }

    private void Clear(string agency)
    {
        if (_switches.TryRemove(agency, out var former))
        {
            former.SwitchOff();
        }
    }

    private sealed class Switch(FaultOrder order, DateTimeOffset setAt)
    {
        private readonly CancellationTokenSource _off = new();
        private readonly DateTimeOffset? _until = order.Duration is { } duration ? setAt + duration : null;
        private long _left = order.Count ?? long.MaxValue;

        public bool Spares(Operation operation) =>
            (operation.IssuesSecrets && order.Kind == FaultKind.ExpireSecret)
            || (order.Operation is { } only && only != operation.Name);

        public Fault? TryTake(DateTimeOffset now) =>
            now >= _until || Interlocked.Decrement(ref _left) < 0
                ? null
                : new Fault(order.Kind, order.Delay, order.Silence, _off.Token);

        public void SwitchOff() => _off.Cancel();
    }
}

/// <summary>What a <c>POST /sandbox/faults</c> asks for.</summary>
/// <param name="Agency">Whom it hits.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Seconds">Length of the delay or of the silence after a lost answer, otherwise how long the fault lasts; null = until it is cleared.</param>
/// <param name="Count">How many calls it hits; null = all.</param>
/// <param name="Operation">Which operation it hits; null = every one.</param>
internal sealed record FaultOrder(string Agency, FaultKind Kind, double? Seconds, int? Count, string? Operation = null)
{
    private const double UsualDelaySeconds = 1;

    public TimeSpan Delay => TimeSpan.FromSeconds(Seconds ?? UsualDelaySeconds);

    public TimeSpan Silence =>
        Kind == FaultKind.AnswerLost && Seconds is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : Timeout.InfiniteTimeSpan;

    public TimeSpan? Duration =>
        Kind is not (FaultKind.Delay or FaultKind.AnswerLost) && Seconds is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
