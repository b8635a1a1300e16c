using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Policy;

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
            [FieldComparison.From(Fields.Name, !facts.NameMatches)],
            Finding.From(CheckFacts.None, FieldComparison.From(Fields.VitalStatus, !facts.IsAlive))
        );

    /// <summary>
    /// An individual business may have no name: then code and operator say who it is. A status word that the policy does not know is not
    /// comparable.
    /// </summary>
    public static Finding Compare(LicenceClaim claim, BusinessLicenceFacts facts, StatusWords? words)
    {
        var name = FieldComparison.OfName(Fields.Name, claim.Name, facts.Name);
        var operators = Representatives(claim, facts);
        var standing = words?.StandingOf(facts.Status);
        var status = new FieldComparison(
            Fields.Status,
            standing switch
            {
                null => CodeComparison.NotComparable,
                EnterpriseStanding.Active => CodeComparison.Same,
                _ => CodeComparison.Other,
            }
        );
        var known = new CheckFacts { EnterpriseSize = facts.Size };
        var isNameless = name.Result == CodeComparison.NotComparable;
        var record = Finding.From(known, isNameless ? [status] : [.. operators, status]) with
        {
            UnknownStatus = standing is null ? StatusWords.Shown(facts.Status) : null,
        };
        return Finding.About(
            // The register was asked by the code and answered for it: that alone is the enterprise's.
            isNameless ? [name, FieldComparison.From(Fields.CreditCode, differs: false), .. operators] : [name],
            facts.IsExpired ? record.StaleUnlessDiffering() : record
        );
    }

    public static Finding Compare(TitleClaim claim, PropertyTitleFacts facts) =>
        Finding.About(Holder(claim, facts.Holders), TitleOf(claim, facts)) switch
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
        var premises = FieldComparison.From(Fields.UnitNumber, claim.Unit is { } unit && IsNot(facts.Unit, unit));
        var arrears = FieldComparison.From(Fields.Arrears, claim.OwesNothing && facts.Arrears > 0);
        return claim.Holder is { } holder
            ? Finding.About(
                [
                    FieldComparison.OfName(Fields.HolderName, holder, facts.HolderName),
                    .. FieldComparison.OfCode(Fields.HolderCode, claim.HolderCode, facts.HolderCode),
                ],
                Finding.From(CheckFacts.None, premises, arrears)
            )
            : Finding.About(
                [
                    FieldComparison.From(
                        Fields.UnitNumber,
                        claim.Unit is not { } own || facts.Unit is null || IsNot(facts.Unit, own)
                    ),
                ],
                Finding.From(CheckFacts.None, arrears)
            );
    }

    public static Finding Compare(HouseholdClaim claim, HouseholdFacts facts) =>
        Finding.About(
            [FieldComparison.OfName(Fields.Name, claim.Name, facts.Name)],
            Finding.From(
                CheckFacts.None,
                facts.FormerName is { } former
                    ? FieldComparison.OfName(Fields.FormerName, claim.FormerName, former)
                    : FieldComparison.From(Fields.FormerName, differs: true),
                FieldComparison.From(Fields.VitalStatus, !facts.IsAlive)
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
            FieldComparison.From(
                Fields.CertificateNumber,
                claim.Certificate is { } number && number != facts.Certificate
            ),
            FieldComparison.From(
                Fields.UnitNumber,
                !asksFormerUnit && claim.Unit is { } asked && IsNot(facts.Unit, asked)
            )
        );
        return asksFormerUnit ? finding.StaleUnlessDiffering() : finding;
    }

    /// <summary>
    /// Co-owners: it is enough to be one of the holders, but with one's own number. Who is none of them by name is told no more than
    /// that, also when the number is a holder's.
    /// </summary>
    private static IReadOnlyList<FieldComparison> Holder(TitleClaim claim, IReadOnlyList<TitleHolder> holders)
    {
        var named = holders
            .Select(holder =>
                (IReadOnlyList<FieldComparison>)
                    [
                        FieldComparison.OfName(Fields.HolderName, claim.Holder, holder.Name),
                        .. FieldComparison.OfCode(Fields.HolderCode, claim.HolderCode, holder.Code),
                    ]
            )
            .Where(holder => holder[0].Result != CodeComparison.Other)
            .OrderBy(holder => Distance(holder[^1]))
            .ThenBy(holder => Distance(holder[0]));
        return named.FirstOrDefault() ?? [FieldComparison.From(Fields.HolderName, differs: true)];
    }

    /// <summary>The holder whom the claim fits best comes first.</summary>
    private static int Distance(FieldComparison field) =>
        field.Result switch
        {
            CodeComparison.Same => 0,
            CodeComparison.NotComparable => 1,
            _ => 2,
        };

    private static IReadOnlyList<FieldComparison> Representatives(LicenceClaim claim, BusinessLicenceFacts facts)
    {
        if (facts.LegalRepresentative is not { } registered || claim.Representatives.Count == 0)
        {
            return [];
        }

        var each = claim
            .Representatives.Select(name => FieldComparison.OfName(Fields.LegalRepresentative, name, registered))
            .ToList();
        return
        [
            each.Find(field => field.Result == CodeComparison.Other) is { Field: not null } other ? other : each[0],
        ];
    }

    private static bool IsNot<T>(T? recorded, T claimed)
        where T : struct => recorded is { } value && !value.Equals(claimed);
}
