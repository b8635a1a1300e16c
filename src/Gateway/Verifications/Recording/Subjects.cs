using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Verifications.Recording;

/// <summary>Whom and what a plan asks about, as keyed hashes: found again by number, never read back.</summary>
internal static class Subjects
{
    public const string ResidentId = "resident-id";
    public const string CreditCode = "credit-code";
    public const string Title = "title-number";
    public const string Unit = "unit-number";
    public const string Account = "electricity-account";

    /// <summary>The rows to be stored with the request; each subject once.</summary>
    public static IReadOnlyList<SubjectRow> Rows(
        IEnumerable<PlannedCheck> plan,
        GrantedRequest granted,
        string parentId,
        PersonalDataVault vault,
        DateTimeOffset at
    ) =>
        [
            .. plan.SelectMany(check => From(check.Claim))
                .Distinct()
                .Select(subject => new SubjectRow
                {
                    ParentId = parentId,
                    Subject = vault.HashOf(subject.Kind, subject.Value),
                    CallerId = granted.Caller.Id,
                    CaseId = granted.CaseId,
                    Purpose = granted.Purpose,
                    At = at,
                }),
        ];

    private static IEnumerable<(string Kind, string Value)> From(Claim claim) =>
        claim switch
        {
            IdentityClaim identity => [(ResidentId, identity.IdNumber.Value)],
            HouseholdClaim household => [(ResidentId, household.IdNumber.Value)],
            LicenceClaim licence => [(CreditCode, licence.CreditCode.Value)],
            ProjectClaim project => [(CreditCode, project.CreditCode.Value)],
            AccountClaim account => [(Account, account.Account)],
            TitleClaim title => FromTitle(title),
            _ => throw new InvalidOperationException("This kind of claim has no subject."),
        };

    private static IEnumerable<(string Kind, string Value)> FromTitle(TitleClaim title)
    {
        if (title.Certificate is { } certificate)
        {
            yield return (Title, certificate.Value);
        }

        if (title.Unit is { } unit)
        {
            yield return (Unit, unit.Value);
        }

        if (title.HolderCode is { Length: 18 } code)
        {
            yield return (Contracts.Identifiers.ResidentId.Parse(code).IsValid ? ResidentId : CreditCode, code);
        }
    }
}
