using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Grants;

namespace Integration.Gateway.Events.Acceptance;

/// <summary>What an event asks for, as an application. Pure.</summary>
internal static class AcceptEvent
{
    /// <summary>The application for electricity.</summary>
    public static ApplicationRequest Application(EventInput input, string caseId)
    {
        var data = input.Data!;
        return new ApplicationRequest
        {
            CaseId = caseId,
            ServiceType = "low-voltage-nonresidential-new",
            Purpose = Purposes.EnterpriseOpening,
            Basis = new LegalBasis
            {
                Kind = BasisKind.Consent,
                Reference = data.Consent?.Reference,
                GrantedAt = data.Consent?.GrantedAt,
            },
            Applicant = new ApplicantInput
            {
                Enterprise = new EnterpriseInput
                {
                    Name = data.Enterprise!.Name,
                    Uscc = data.Enterprise.Uscc,
                    LegalRepresentative = data.Enterprise.LegalRepresentative,
                },
            },
            Agent = data.Agent,
            Premises = data.Premises,
            CapacityKw = data.Utilities?.Electricity?.CapacityKw,
            Channel = "9210",
        };
    }
}
