using Integration.Adapters.Ports;
using Integration.Gateway.Verifications.Asking;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>
/// Holds a claim against the record of one agency. Pure. Names and numbers are compared in the normal form of their type;
/// what a source does not say is not compared.
/// </summary>
internal static class Comparison
{
    public static Finding Of(IdentityClaim _, IdentityFacts facts) =>
        Finding.Of(
            CheckFacts.None,
            Differs(Fields.Name, !facts.NameMatches),
            Differs(Fields.VitalStatus, !facts.IsAlive)
        );

    public static Finding Of(LicenceClaim claim, BusinessLicenceFacts facts)
    {
        var known = new CheckFacts { EnterpriseSize = facts.Size };
        var finding = Finding.Of(
            known,
            Differs(Fields.Name, claim.Name != facts.Name),
            Differs(
                Fields.LegalRepresentative,
                claim.Representatives.Any(name => IsNot(facts.LegalRepresentative, name))
            ),
            Differs(Fields.Status, facts.Standing != EnterpriseStanding.Active)
        );
        return facts.IsExpired && finding.Mismatches.Count == 0 ? Finding.Stale(known) : finding;
    }

    public static Finding Of(TitleClaim claim, PropertyTitleFacts facts)
    {
        var known = new CheckFacts { TitleIsSeized = facts.IsSeized };
        if (!facts.IsCurrent)
        {
            return Finding.Stale(known);
        }

        var asksFormerUnit = claim.Unit is { } unit && unit != facts.Unit && unit == facts.FormerUnit;
        var finding = Finding.Of(
            known,
            [
                Differs(Fields.CertificateNumber, claim.Certificate is { } number && number != facts.Certificate),
                Differs(Fields.UnitNumber, !asksFormerUnit && claim.Unit is { } asked && IsNot(facts.Unit, asked)),
                .. HolderDifferences(claim, facts.Holders),
            ]
        );
        return asksFormerUnit && finding.Mismatches.Count == 0 ? Finding.Stale(known) : finding;
    }

    public static Finding Of(AccountClaim claim, UtilityAccountFacts facts) =>
        Finding.Of(
            CheckFacts.None,
            Differs(Fields.HolderName, claim.Holder is { } holder && holder != facts.HolderName),
            Differs(Fields.HolderCode, claim.Holder is not null && AreOther(claim.HolderCode, facts.HolderCode)),
            Differs(Fields.UnitNumber, claim.Unit is { } unit && IsNot(facts.Unit, unit)),
            Differs(Fields.Arrears, claim.OwesNothing && facts.Arrears > 0)
        );

    public static Finding Of(HouseholdClaim claim, HouseholdFacts facts) =>
        Finding.Of(
            CheckFacts.None,
            Differs(Fields.Name, claim.Name != facts.Name),
            Differs(Fields.FormerName, claim.FormerName != facts.FormerName),
            Differs(Fields.VitalStatus, !facts.IsAlive)
        );

    public static Finding Of(ProjectClaim _, ProjectApprovalFacts facts) =>
        facts.IsApproved ? Finding.Of(CheckFacts.None) : Finding.Stale(CheckFacts.None);

    /// <summary>Co-owners: it is enough to be one of the holders, but with one's own number.</summary>
    private static IEnumerable<string?> HolderDifferences(TitleClaim claim, IReadOnlyList<TitleHolder> holders)
    {
        if (holders.Any(holder => holder.Name == claim.Holder && !AreOther(claim.HolderCode, holder.Code)))
        {
            return [];
        }

        var nameIsThere = holders.Any(holder => holder.Name == claim.Holder);
        return
        [
            Differs(Fields.HolderName, !nameIsThere),
            Differs(Fields.HolderCode, nameIsThere || holders.All(holder => AreOther(claim.HolderCode, holder.Code))),
        ];
    }

    private static string? Differs(string field, bool differs) => differs ? field : null;

    private static bool AreOther(string? claimed, string? recorded) =>
        claimed is not null && recorded is not null && claimed != recorded;

    private static bool IsNot<T>(T? recorded, T claimed)
        where T : struct => recorded is { } value && !value.Equals(claimed);
}
