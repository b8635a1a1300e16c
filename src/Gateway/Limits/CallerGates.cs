using System.Collections.Frozen;
using Integration.Gateway.Callers;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Limits;

/// <summary>
/// One gate per client of the callers file in force, no more. When the file changes, a client whose limits did not keeps its
/// gate and with it what it has used.
/// </summary>
internal sealed class CallerGates(CallerDirectory directory, IOptions<LimitOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private State _state = new(null, FrozenDictionary<string, CallerGate>.Empty);

    /// <summary>The gate of a client; null when the file in force no longer has it.</summary>
    public CallerGate? Find(string client)
    {
        var callers = directory.Current;
        var state = Volatile.Read(ref _state);
        if (!ReferenceEquals(state.Callers, callers))
        {
            state = Adopt();
        }

        return state.Gates.GetValueOrDefault(client);
    }

    private State Adopt()
    {
        lock (_lock)
        {
            var callers = directory.Current;
            if (ReferenceEquals(_state.Callers, callers))
            {
                return _state;
            }

            var before = _state.Gates;
            var gates = callers.Clients.ToFrozenDictionary(
                client => client.Caller.Id,
                client =>
                    before.TryGetValue(client.Caller.Id, out var gate) && gate.Limits == client.Limits
                        ? gate
                        : new CallerGate(client.Caller.Id, client.Limits, options.Value, time),
                StringComparer.Ordinal
            );
            var state = new State(callers, gates);
            Volatile.Write(ref _state, state);
            return state;
        }
    }

    private sealed record State(CallersSnapshot? Callers, FrozenDictionary<string, CallerGate> Gates);
}
