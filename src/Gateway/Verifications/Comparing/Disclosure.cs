using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>
/// Who may be told a record without a name in it: an account asked by its number, a project asked by a credit code. Another check of
/// the same plan has to prove the applicant first: as a holder of the title that the account supplies, as the enterprise of that code.
/// Until it does, no agency is asked, and the check stands as that proof does. Pure.
/// </summary>
internal static class Disclosure
{
    /// <summary>The kind of check that proves whom a claim's record is about; null: the record says so itself.</summary>
    public static CheckKind? ProverOf(Claim claim) =>
        claim switch
        {
            AccountClaim { Holder: null } => CheckKind.PropertyTitle,
            ProjectClaim => CheckKind.BusinessLicence,
            _ => null,
        };

    /// <summary>Whether one of two checks proves for the other, so that neither is repeated alone.</summary>
    public static bool AreBound(PlannedCheck one, PlannedCheck other) =>
        ProverOf(one.Claim) == other.Claim.Kind || ProverOf(other.Claim) == one.Claim.Kind;

    /// <summary>What a check comes to as long as its applicant is not proven; null: the proof is there, and the agency may be asked.</summary>
    /// <param name="proof">What came of the check that proves; null: the plan has none.</param>
    public static Verdict? Before(CheckReport? proof) =>
        proof switch
        {
            { Verdict.Outcome: CheckOutcome.Match } => null,
            null => Withheld(CheckOutcome.NotFound, []),
            { Verdict.Outcome: CheckOutcome.Mismatch, Check.Claim: TitleClaim } => Withheld(
                CheckOutcome.Mismatch,
                [Fields.HolderName]
            ),
            { Verdict.Outcome: CheckOutcome.Mismatch } => Withheld(CheckOutcome.Mismatch, [Fields.Name]),
            _ => Withheld(proof.Verdict.Outcome, []),
        };

    /// <summary>The claim about what was proven: an account without a holder has to supply the unit of the title that the registry confirmed.</summary>
    /// <param name="claim">The claim as it was made.</param>
    /// <param name="title">The title that was proven, by its numbers in force; null: another check proves.</param>
    public static Claim Bound(Claim claim, TitleReference? title) =>
        claim is AccountClaim { Holder: null } account ? account with { Unit = title?.Unit } : claim;

    private static Verdict Withheld(CheckOutcome outcome, IReadOnlyList<string> mismatches) =>
        new(outcome, mismatches, CheckFacts.None, Source: null) { IsWithheld = true };
}
