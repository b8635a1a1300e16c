using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.JointApplications.Intake;

/// <summary>A joint application request without a fault.</summary>
/// <param name="Form">What is applied for.</param>
/// <param name="Policy">The edition in force now.</param>
/// <param name="AsSent">The request, to be kept sealed.</param>
internal sealed record OpenCommand(JointForm Form, PolicyEdition Policy, JointApplicationRequest AsSent)
{
    /// <summary>Understands a request: the command, or null and every fault in the list.</summary>
    public static OpenCommand? Read(
        JointApplicationRequest request,
        HttpRequest http,
        PolicyEdition policy,
        DateTimeOffset now,
        FaultList faults
    )
    {
        var wait = WaitPreference.Read(http.Headers["Prefer"], faults);
        return new JointFormReader(request, policy, now, faults).Read(wait) is { } form
            ? new OpenCommand(form, policy, request)
            : null;
    }

    public override string ToString() => nameof(OpenCommand);
}
