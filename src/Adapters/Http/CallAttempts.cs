using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Polly;

namespace Integration.Adapters.Http;

/// <summary>One question while the pipeline works on it: each attempt sends it and reads what came back.</summary>
internal sealed class CallAttempts<TWire, TFacts>(
    AgencyCall call,
    Func<AgencyCall, CancellationToken, Task<TWire>> send,
    Func<TWire, Reading<TFacts>> read
)
{
    public AgencyCall Call { get; } = call;

    /// <summary>What the last attempt made of its answer; null while one is under way.</summary>
    public Reading<TFacts>? Reading { get; private set; }

    /// <summary>Ends with the attempt's failure, or null when the agency gave a usable answer.</summary>
    public async ValueTask<Outcome<AgencyFailure?>> AttemptAsync(CancellationToken cancellationToken)
    {
        if (Call is { Started: true, Place: { } place } && await place.CountAgainAsync(cancellationToken) is { } used)
        {
            // What the last attempt ended with says more, so it stays the reading.
            return Outcome.FromResult<AgencyFailure?>(used);
        }

        Call.Started = true;
        Reading = null;
        try
        {
            // Refit hands over null, and asks no serializer, when the body is empty.
            Reading = await send(Call, cancellationToken) is { } wire ? read(wire) : WireFailure.Empty;
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            // Polly tells its own time-outs from the caller's cancellation.
            return Outcome.FromException<AgencyFailure?>(cancelled);
        }
        catch (Exception exception) when (FailureMap.From(exception, Call) is { } failure)
        {
            Reading = failure;
        }

        return Outcome.FromResult<AgencyFailure?>((Reading as Reading<TFacts>.Failed)?.Failure);
    }
}
