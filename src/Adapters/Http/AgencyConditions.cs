using System.Collections.Concurrent;
using Integration.Adapters.Http.Gates;
using Integration.Adapters.Ports;
using Polly.CircuitBreaker;

namespace Integration.Adapters.Http;

/// <summary>Circuit breakers, gates and last failures of all agencies; as many entries as there are agencies.</summary>
internal sealed class AgencyConditions(TimeProvider time) : IAgencyConditions
{
    private readonly ConcurrentDictionary<string, Watched> _agencies = new(StringComparer.Ordinal);

    public IReadOnlyList<AgencyCondition> Current =>
        [
            .. _agencies
                .OrderBy(agency => agency.Key, StringComparer.Ordinal)
                .Select(agency => new AgencyCondition(
                    agency.Key,
                    CircuitOf(agency.Value.Breaker),
                    agency.Value.Gate.Use,
                    agency.Value.LastFailure
                )),
        ];

    public void Add(AgencyGate gate, CircuitBreakerStateProvider breaker) =>
        _agencies[gate.Agency] = new Watched(gate, breaker);

    public void Note(string agency, AgencyFailure failure)
    {
        var saysSomething =
            failure.Stage
            is not (
                FailureStage.Question
                or FailureStage.Maintenance
                or FailureStage.Bulkhead
                or FailureStage.CircuitOpen
            );
        if (saysSomething && _agencies.TryGetValue(agency, out var watched))
        {
            watched.LastFailure = new LastAgencyFailure(time.GetUtcNow(), failure);
        }
    }

    private static AgencyCircuit CircuitOf(CircuitBreakerStateProvider breaker) =>
        breaker.CircuitState switch
        {
            CircuitState.Closed => AgencyCircuit.Closed,
            CircuitState.HalfOpen => AgencyCircuit.HalfOpen,
            _ => AgencyCircuit.Open,
        };

    private sealed class Watched(AgencyGate gate, CircuitBreakerStateProvider breaker)
    {
        private LastAgencyFailure? _lastFailure;

        public AgencyGate Gate => gate;

        public CircuitBreakerStateProvider Breaker => breaker;

        public LastAgencyFailure? LastFailure
        {
            get => Volatile.Read(ref _lastFailure);
            set => Volatile.Write(ref _lastFailure, value);
        }
    }
}
