using Integration.Adapters.Ports;

namespace Integration.Gateway.JointApplications.Legs;

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

    /// <summary>It left us, and nobody knows whether it arrived.</summary>
    internal sealed record Silent(AgencyFailure Failure) : StepResult;

    /// <summary>The provider answers that it does not do this.</summary>
    internal sealed record Refused(AgencyFailure Failure) : StepResult;

    /// <summary>What an answer of the port means for the leg.</summary>
    public static StepResult Of(AgencyAnswer<LegReceipt> answer) =>
        answer switch
        {
            AgencyAnswer<LegReceipt>.Found found => new Arrived(found.Facts),
            AgencyAnswer<LegReceipt>.Unknown => new NotThere(),
            AgencyAnswer<LegReceipt>.Refused refused => new Refused(refused.Failure),
            AgencyAnswer<LegReceipt>.Unanswered unanswered => Unanswered(unanswered.Trace, unanswered.Failure),
            _ => new Silent(new AgencyFailure(FailureStage.Binding, FailureSide.Agency, "several")),
        };

    private static StepResult Unanswered(CallTrace trace, AgencyFailure failure) =>
        trace.Attempts == 0 || failure.Stage == FailureStage.Connect ? new NotSent(failure) : new Silent(failure);
}
