using System.Text.Json;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Model;

/// <summary>Something a caller does to an open application.</summary>
internal abstract record ApplicationAct(DecisionTrigger Trigger)
{
    /// <summary>For evidence: what it is about.</summary>
    public abstract string Subject { get; }

    /// <summary>For evidence: where it can be looked up.</summary>
    public virtual string? Detail => null;

    /// <summary>The applicant's own words; sealed.</summary>
    public virtual string? Reason => null;

    /// <summary>A text that the caller chose and that goes on record as it is; null: none.</summary>
    public virtual string? Chosen => null;

    /// <summary>For evidence: what was done.</summary>
    public string Outcome => JsonNamingPolicy.CamelCase.ConvertName(Trigger.ToString());

    /// <summary>The application after the act, or why it is not allowed.</summary>
    public Result<Application> On(ActContext context) =>
        context.Application.State == ApplicationState.Withdrawn
            ? Refusal.StateConflict("The application was withdrawn.")
            : Apply(context);

    protected abstract Result<Application> Apply(ActContext context);
}

/// <summary>The application as the act finds it.</summary>
internal sealed record ActContext(
    Application Application,
    ApplicationStanding Standing,
    LimitClock Clock,
    DateTimeOffset Now
);

/// <summary>A paper is handed in, or promised.</summary>
internal sealed record HandIn(string Proof, PaperKind Kind, string Reference, string? Sha256)
    : ApplicationAct(Kind == PaperKind.Upload ? DecisionTrigger.Material : DecisionTrigger.Commitment)
{
    public override string Subject => Proof;

    public override string Chosen => Reference;

    public override string Detail => Sha256 is null ? Reference : $"{Reference} sha256:{Sha256}";

    protected override Result<Application> Apply(ActContext context)
    {
        var proof = context.Standing.Proofs.FirstOrDefault(known => known.State.Key == Proof);
        if (proof is null || !(proof.IsMissing || (Kind == PaperKind.Upload && proof.HasOpenCommitment)))
        {
            return Refusal.StateConflict("The proof is not one of the missing ones. Read the application again.");
        }

        return proof.Policy.Accepts.Contains(Kind)
            ? context.Application.With(
                Proof,
                new Paper(Kind, Reference, Sha256, context.Now, DueAt(proof.Policy, context))
            )
            : Refusal.StateConflict("The proof cannot be promised; the paper itself is needed.");
    }

    private DateTimeOffset? DueAt(ProofPolicy policy, ActContext context) =>
        Kind == PaperKind.Commitment
        && policy.CommitmentWorkingDays is { } days
        && context.Clock.DueAt(context.Now, days).Succeeded(out var dueAt, out _)
            ? dueAt
            : null;
}

/// <summary>The application is taken back.</summary>
/// <param name="Words">Why, in the applicant's words; sealed.</param>
/// <param name="Cause">The event that made it, for evidence; null when the caller did.</param>
internal sealed record TakeBack(string Words, string? Cause = null) : ApplicationAct(DecisionTrigger.Withdrawal)
{
    public override string? Detail => Cause;

    public override string Subject => "application";

    public override string Reason => Words;

    public override string ToString() => nameof(TakeBack);

    protected override Result<Application> Apply(ActContext context) =>
        context.Application with
        {
            State = ApplicationState.Withdrawn,
        };
}
