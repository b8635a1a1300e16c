using Integration.Adapters.Ports;
using Integration.Contracts.V1.Verifications;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>
/// Holds a claim against the record of one agency. Pure. Names and numbers are compared in the normal form of their type;
/// what a source does not say is not compared. Each comparison says first who the subject is (<see cref="Finding.About"/>): death,
/// standing, seizure, debts and the rest of a record are compared only when the claim names that subject rightly.
/// </summary>
internal static class Comparison
{
    public static Finding Compare(IdentityClaim _, IdentityFacts facts) =>
        Finding.About(
            [Differs(Fields.Name, !facts.NameMatches)],
            Finding.From(CheckFacts.None, Differs(Fields.VitalStatus, !facts.IsAlive))
        );

    public static Finding Compare(LicenceClaim claim, BusinessLicenceFacts facts)
    {
        var known = new CheckFacts { EnterpriseSize = facts.Size };
        var record = Finding.From(
            known,
            Differs(
                Fields.LegalRepresentative,
                claim.Representatives.Any(name => IsNot(facts.LegalRepresentative, name))
            ),
            Differs(Fields.Status, facts.Standing != EnterpriseStanding.Active)
        );
        return Finding.About(
            [Differs(Fields.Name, claim.Name != facts.Name)],
            facts.IsExpired ? record.StaleUnlessDiffering() : record
        );
    }

    public static Finding Compare(TitleClaim claim, PropertyTitleFacts facts) =>
        Finding.About(HolderDifferences(claim, facts.Holders), TitleOf(claim, facts)) switch
        {
            { Outcome: CheckOutcome.Match } own => own with
            {
                Title = new TitleReference(facts.Certificate, facts.Unit),
            },
            var other => other,
        };

    /// <summary>Claimed under no name, an account is its premises', and <see cref="Disclosure"/> says to whom that is told.</summary>
    public static Finding Compare(AccountClaim claim, UtilityAccountFacts facts)
    {
        var premises = Differs(Fields.UnitNumber, claim.Unit is { } unit && IsNot(facts.Unit, unit));
        var arrears = Differs(Fields.Arrears, claim.OwesNothing && facts.Arrears > 0);
        return claim.Holder is { } holder
            ? Finding.About(
                [
                    Differs(Fields.HolderName, holder != facts.HolderName),
                    Differs(Fields.HolderCode, AreOther(claim.HolderCode, facts.HolderCode)),
                ],
                Finding.From(CheckFacts.None, premises, arrears)
            )
            : Finding.About(
                [Differs(Fields.UnitNumber, claim.Unit is not { } own || facts.Unit is null || IsNot(facts.Unit, own))],
                Finding.From(CheckFacts.None, arrears)
            );
    }

    public static Finding Compare(HouseholdClaim claim, HouseholdFacts facts) =>
        Finding.About(
            [Differs(Fields.Name, claim.Name != facts.Name)],
            Finding.From(
                CheckFacts.None,
                Differs(Fields.FormerName, claim.FormerName != facts.FormerName),
                Differs(Fields.VitalStatus, !facts.IsAlive)
            )
        );

    /// <summary>The record names no enterprise: it is told by <see cref="Disclosure"/> only.</summary>
    public static Finding Compare(ProjectClaim _, ProjectApprovalFacts facts) =>
        facts.IsApproved ? Finding.From(CheckFacts.None) : Finding.Stale(CheckFacts.None);

    private static Finding TitleOf(TitleClaim claim, PropertyTitleFacts facts)
    {
        var known = new CheckFacts { TitleIsSeized = facts.IsSeized };
        if (!facts.IsCurrent)
        {
            return Finding.Stale(known);
        }

        var asksFormerUnit = claim.Unit is { } unit && unit != facts.Unit && unit == facts.FormerUnit;
        var finding = Finding.From(
            known,
            Differs(Fields.CertificateNumber, claim.Certificate is { } number && number != facts.Certificate),
            Differs(Fields.UnitNumber, !asksFormerUnit && claim.Unit is { } asked && IsNot(facts.Unit, asked))
        );
        return asksFormerUnit ? finding.StaleUnlessDiffering() : finding;
    }

    /// <summary>
    /// Co-owners: it is enough to be one of the holders, but with one's own number. Who is none of them by name is told no more than
    /// that, also when the number is a holder's.
    /// </summary>
    private static IEnumerable<string?> HolderDifferences(TitleClaim claim, IReadOnlyList<TitleHolder> holders)
    {
        var named = holders.Where(holder => holder.Name == claim.Holder).ToList();
        return named.Count == 0 ? [Fields.HolderName]
            : named.TrueForAll(holder => AreOther(claim.HolderCode, holder.Code)) ? [Fields.HolderCode]
            : [];
    }

    private static string? Differs(string field, bool differs) => differs ? field : null;

    private static bool AreOther(string? claimed, string? recorded) =>
        claimed is not null && recorded is not null && claimed != recorded;

    private static bool IsNot<T>(T? recorded, T claimed)
        where T : struct => recorded is { } value && !value.Equals(claimed);
}
