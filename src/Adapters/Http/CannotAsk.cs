using Integration.Adapters.Ports;

namespace Integration.Adapters.Http;

/// <summary>A question that cannot be put to its agency, recorded like any other that got no answer.</summary>
internal static class CannotAsk
{
    /// <summary>Answers <see cref="FailureStage.Question"/> without sending anything.</summary>
    /// <param name="caller">The agency's caller.</param>
    /// <param name="operation">What would have been asked.</param>
    /// <param name="request">The circumstances.</param>
    /// <param name="code">What is missing; from a fixed set.</param>
    public static Task<AgencyAnswer<TFacts>> NotAsked<TFacts>(
        this AgencyCaller caller,
        AgencyOperation operation,
        AgencyRequest request,
        string code
    ) =>
        Task.FromResult(
            caller.NotAsked<TFacts>(
                operation,
                request,
                new AgencyFailure(FailureStage.Question, FailureSide.Gateway, code)
            )
        );
}
