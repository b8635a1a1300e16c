using Integration.Adapters.Ports;
using Polly;

namespace Integration.Adapters.Http.Gates;

/// <summary>The gate as a part of a composed question's pipeline: the place is held over all attempts.</summary>
internal sealed class GateStrategy(AgencyGate gate) : ResilienceStrategy<AgencyFailure?>
{
    protected override async ValueTask<Outcome<AgencyFailure?>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<AgencyFailure?>>> callback,
        ResilienceContext context,
        TState state
    )
    {
        var call = AgencyPipeline.CallOf(context);
        try
        {
            using var place = await gate.EnterAsync(
                call.Request.Caller,
                call.Request.Priority,
                context.CancellationToken
            );
            if (place.Failure is { } failure)
            {
                return Outcome.FromResult<AgencyFailure?>(failure);
            }

            call.Place = place;
            return await callback(context, state);
        }
        catch (OperationCanceledException cancelled)
        {
            // Polly tells its own time-outs from the caller's cancellation.
            return Outcome.FromException<AgencyFailure?>(cancelled);
        }
    }
}

/// <summary>What Polly wants to know of the gate.</summary>
internal sealed class GateStrategyOptions : ResilienceStrategyOptions
{
    public GateStrategyOptions() => Name = "gate";
}
