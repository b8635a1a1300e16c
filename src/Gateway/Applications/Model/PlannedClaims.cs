using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.Applications.Model;

/// <summary>What an agency is asked to confirm for a proof. Pure.</summary>
internal static class PlannedClaims
{
    /// <summary>The claim, or null when the application holds nothing to ask with: then the proof is a paper.</summary>
    public static Claim? Create(CheckKind kind, ProofSubject subject, ApplicationForm form, Member? member) =>
        kind switch
        {
            CheckKind.Identity => PersonOf(subject, form, member) is { } person
                ? new IdentityClaim(person.IdNumber, person.Name)
                : null,
            CheckKind.BusinessLicence => form.Applicant.Enterprise is { } enterprise
                ? new LicenceClaim(enterprise.CreditCode, enterprise.Name, form.Applicant.Representatives)
                : null,
            CheckKind.PropertyTitle => Title(form),
            CheckKind.UtilityAccount => Account(form),
            CheckKind.Household => form is { Applicant.Person: { } person, FormerName: { } formerName }
                ? new HouseholdClaim(person.IdNumber, person.Name, formerName)
                : null,
            CheckKind.ProjectApproval => form.Applicant.Enterprise is { } enterprise
                ? new ProjectClaim(enterprise.CreditCode)
                : null,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
        };

    private static Person? PersonOf(ProofSubject subject, ApplicationForm form, Member? member) =>
        subject switch
        {
            ProofSubject.Applicant or ProofSubject.Representative => form.Applicant.Person,
            ProofSubject.Agent => form.Agent?.Person,
            ProofSubject.Landlord => form.Premises?.Landlord?.Person,
            ProofSubject.EachMember => member?.Person,
            _ => null,
        };

    /// <summary>An owner's title is his own, a tenant's is the landlord's; on any other ground no holder's name is known.</summary>
    private static TitleClaim? Title(ApplicationForm form) =>
        form.Premises switch
        {
            null or { Title.IsEmpty: true } or { Tenure: Tenure.Other } => null,
            { Landlord: { } landlord, Title: var title } => new TitleClaim(
                title.Certificate,
                title.Unit,
                landlord.Name,
                landlord.Code
            ),
            { Title: var title } => new TitleClaim(
                title.Certificate,
                title.Unit,
                form.Applicant.Name,
                form.Applicant.Code
            ),
        };

    /// <summary>An account that may run under any name is told to the holder of its title only; without a title it takes a paper.</summary>
    private static AccountClaim? Account(ApplicationForm form)
    {
        if (
            form.Account is not { } account
            || form.Service.Account is not { } rule
            || (rule.Holder == AccountHolder.Anyone && Title(form) is null)
        )
        {
            return null;
        }

        PartyName? holder = rule.Holder switch
        {
            AccountHolder.Applicant => form.Applicant.Name,
            AccountHolder.FormerName => form.FormerName,
            _ => null,
        };
        return new AccountClaim(account, holder, form.Applicant.Code, form.Premises?.Title.Unit, rule.OwesNothing);
    }
}
