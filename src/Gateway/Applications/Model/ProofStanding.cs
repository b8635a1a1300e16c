using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Model;

/// <summary>A proof as the rules see it: its state, what the policy says of it, and the moment. Pure.</summary>
internal sealed record ProofStanding(ProofState State, ProofPolicy Policy, PolicyEdition Edition, DateTimeOffset Now)
{
    private CheckOutcome? Outcome => State.Checked?.Outcome;

    /// <summary>How it is satisfied, the highest rung of the ladder first; null when it is not.</summary>
    public ProofSource? SatisfiedBy =>
        Outcome == CheckOutcome.Match ? RungOf(State.Checked!.Source)
        : State.IsGiven ? ProofSource.Reference
        : State.Paper is { Kind: PaperKind.Upload } ? ProofSource.Upload
        : HasOpenCommitment ? ProofSource.Commitment
        : null;

    /// <summary>No agency gave a usable answer, and nothing else stands for it.</summary>
    public bool IsUnanswered => SatisfiedBy is null && Outcome == CheckOutcome.SourceUnavailable;

    /// <summary>There is no current record to be had: a paper has to come.</summary>
    public bool IsMissing => SatisfiedBy is null && (Outcome is null or CheckOutcome.NotFound or CheckOutcome.Stale);

    /// <summary>Worth asking again by itself: no agency answered, or the register may lag behind.</summary>
    public bool IsOpen => IsUnanswered || (Policy.RecheckWhenNotFound && Outcome == CheckOutcome.NotFound);

    /// <summary>The answer is too old to rest a new decision on.</summary>
    public bool IsOutdated => State.Checked is { } last && last.At + Edition.Check(last.Kind).Freshness < Now;

    /// <summary>A promise whose day has not passed.</summary>
    public bool HasOpenCommitment => State.Paper is { Kind: PaperKind.Commitment } promise && !(promise.DueAt < Now);

    public bool Differs(string field) =>
        Outcome == CheckOutcome.Mismatch && State.Checked!.Mismatches.Contains(field, StringComparer.Ordinal);

    public bool CannotCompare(string field) =>
        State.Checked?.NotComparable?.Contains(field, StringComparer.Ordinal) == true;

    public bool Is(CheckOutcome outcome) => SatisfiedBy is null && Outcome == outcome;

    private ProofSource RungOf(AgencySource? source) =>
        source is not null && Edition.ElectronicLicences.Contains(source.Agency, StringComparer.Ordinal)
            ? ProofSource.ElectronicLicence
            : ProofSource.SharedData;
}
