using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Grants;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>Which proofs one joint application needs: each once for all who get it. Pure.</summary>
internal sealed record JointPlan(IReadOnlyList<PlannedCheck> Checks)
{
    public static JointPlan Create(JointForm form, PolicyEdition policy) =>
        new([.. Claims(form).Select(claim => new PlannedCheck(claim.Kind.Service(), claim, policy.Check(claim.Kind)))]);

    /// <summary>What the caller has to be granted: joint applications, and every check.</summary>
    public IReadOnlyList<GrantDemand> Demands(string purpose) =>
        [
            new GrantDemand(ServiceFields.JointApplications, purpose, []),
            .. Checks.Select(check => check.Demand(purpose)),
        ];

    private static IEnumerable<Claim> Claims(JointForm form)
    {
        if (form.Applicant.Person is { } person)
        {
            yield return new IdentityClaim(person.IdNumber, person.Name);
        }

        if (form.Applicant.Enterprise is { } enterprise)
        {
            yield return new LicenceClaim(enterprise.CreditCode, enterprise.Name, form.Applicant.Representatives);
        }

        if (form is { Kind: JointKind.Transfer, Premises.Title: { IsEmpty: false } title })
        {
            // The registry has already named the new owner, who applies.
            yield return new TitleClaim(title.Certificate, title.Unit, form.Applicant.Name, form.Applicant.Code);
        }
        else if (form.Premises is { Title.IsEmpty: false, Tenure: not Tenure.Other } premises)
        {
            yield return new TitleClaim(
                premises.Title.Certificate,
                premises.Title.Unit,
                premises.Landlord?.Name ?? form.Applicant.Name,
                premises.Landlord is { } landlord ? landlord.Code : form.Applicant.Code
            );
        }
    }
}
