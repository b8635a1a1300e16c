using Integration.Adapters.Ports;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What came of one step at a provider.</summary>
internal abstract record StepResult
{
    private StepResult() { }

    /// <summary>The provider has the leg.</summary>
    internal sealed record Arrived(LegReceipt Receipt) : StepResult;

    /// <summary>The provider answers that it never had the leg.</summary>
    internal sealed record NotThere : StepResult;

    /// <summary>Nothing left us.</summary>
    internal sealed record NotSent(AgencyFailure Failure) : StepResult;

    /// <summary>It left us, and it is not known whether it arrived.</summary>
    internal sealed record Silent(AgencyFailure Failure) : StepResult;

    /// <summary>The provider answers that it does not do this.</summary>
    internal sealed record Refused(AgencyFailure Failure) : StepResult;

    /// <summary>The provider answers whether it comes.</summary>
    internal sealed record Visit(bool IsConfirmed) : StepResult;

    /// <summary>The provider answers what stands in the way of the account's transfer.</summary>
    internal sealed record Account(TransferCheck Check) : StepResult;

    /// <summary>What an answer of the port means for the leg.</summary>
    public static StepResult From(AgencyAnswer<LegReceipt> answer) =>
        From(answer, static receipt => new Arrived(receipt));

    /// <inheritdoc cref="From(AgencyAnswer{LegReceipt})" />
    public static StepResult From(AgencyAnswer<VisitReply> answer) =>
        From(answer, static reply => new Visit(reply.IsConfirmed));

    /// <inheritdoc cref="From(AgencyAnswer{LegReceipt})" />
    public static StepResult From(AgencyAnswer<TransferCheck> answer) =>
        From(answer, static check => new Account(check));

    private static StepResult From<T>(AgencyAnswer<T> answer, Func<T, StepResult> found)
        where T : class =>
        answer switch
        {
            AgencyAnswer<T>.Found known => found(known.Facts),
            AgencyAnswer<T>.Unknown => new NotThere(),
            AgencyAnswer<T>.Refused refused => new Refused(refused.Failure),
            AgencyAnswer<T>.Unanswered unanswered => Unanswered(unanswered.Trace, unanswered.Failure),
            _ => new Silent(new AgencyFailure(FailureStage.Binding, FailureSide.Agency, "several")),
        };

    private static StepResult Unanswered(CallTrace trace, AgencyFailure failure) =>
        trace.Attempts == 0 || failure.Stage == FailureStage.Connect ? new NotSent(failure) : new Silent(failure);
}
