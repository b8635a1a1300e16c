using System.Collections.Frozen;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Gates;

/// <summary>The gates of all agencies in use.</summary>
internal sealed class AgencyGates(IEnumerable<AgencyGate> gates) : IAgencyGates
{
    private static readonly RefusedPlace s_unknown = new(
        new AgencyFailure(FailureStage.Question, FailureSide.Gateway, "no-such-agency"),
        retryAfter: null
    );

    private readonly FrozenDictionary<string, AgencyGate> _gates = gates.ToFrozenDictionary(
        gate => gate.Agency,
        StringComparer.Ordinal
    );

    public ValueTask<AgencyPlace> EnterAsync(
        string agency,
        string caller,
        CallPriority priority,
        CancellationToken cancellationToken
    ) =>
        _gates.TryGetValue(agency, out var gate)
            ? gate.EnterAsync(caller, priority, cancellationToken)
            : ValueTask.FromResult<AgencyPlace>(s_unknown);
}
