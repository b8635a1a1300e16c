using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.Applications.Intake;

/// <summary>An application request without a fault.</summary>
/// <param name="Form">What is applied for.</param>
/// <param name="Policy">The edition in force now.</param>
/// <param name="AsSent">The request, to be kept sealed.</param>
internal sealed record ApplyCommand(ApplicationForm Form, PolicyEdition Policy, ApplicationRequest AsSent)
{
    /// <summary>Understands a request: the command, or null and every fault in the list.</summary>
    public static ApplyCommand? Read(
        ApplicationRequest request,
        HttpRequest http,
        PolicyEdition policy,
        DateTimeOffset now,
        FaultList faults
    )
    {
        var wait = WaitPreference.Read(http.Headers["Prefer"], faults);
        return new ApplicationFormReader(request, policy, now, faults).Read(wait) is { } form
            ? new ApplyCommand(form, policy, request)
            : null;
    }

    /// <summary>When the customer agreed, where consent is the basis: the first trace of the work.</summary>
    public DateTimeOffset? ConsentGivenAt =>
        AsSent.Basis is { Kind: BasisKind.Consent, GrantedAt: { } moment } ? moment : null;

    public override string ToString() => nameof(ApplyCommand);
}
