using System.Collections.Concurrent;
using Integration.Adapters.Ports;
using Polly.CircuitBreaker;

namespace Integration.Adapters.Http;

/// <summary>The circuit breakers of all agencies.</summary>
internal sealed class AgencyConditions : IAgencyConditions
{
    private readonly ConcurrentDictionary<string, CircuitBreakerStateProvider> _breakers = new(StringComparer.Ordinal);

    public IReadOnlyList<AgencyCondition> Current =>
        [
            .. _breakers
                .OrderBy(breaker => breaker.Key, StringComparer.Ordinal)
                .Select(breaker => new AgencyCondition(breaker.Key, CircuitOf(breaker.Value))),
        ];

    public void Add(string agency, CircuitBreakerStateProvider breaker) => _breakers[agency] = breaker;

    private static AgencyCircuit CircuitOf(CircuitBreakerStateProvider breaker) =>
        breaker.CircuitState switch
        {
            CircuitState.Closed => AgencyCircuit.Closed,
            CircuitState.HalfOpen => AgencyCircuit.HalfOpen,
            _ => AgencyCircuit.Open,
        };
}
