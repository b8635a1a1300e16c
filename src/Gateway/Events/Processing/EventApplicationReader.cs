using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications;
using Integration.Gateway.Applications.Intake;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Events.Processing;

/// <summary>Understands what an event asks for, and what was asked for before, as flow 1 does.</summary>
internal sealed class EventApplicationReader(
    ApplicationStore applications,
    PersonalDataVault vault,
    PolicyBook policies,
    TimeProvider time
)
{
    /// <summary>The application under the policy in force now; null and every fault in the list.</summary>
    public ApplyCommand? Read(EventContext context, FaultList faults)
    {
        var now = time.GetUtcNow();
        var policy = policies.InForce(now);
        var request = EnterpriseRequest.Application(context.Input, context.Row.CaseId, policy);
        return new ApplicationFormReader(request, policy, now, faults).Read(wait: null) is { } form
            ? new ApplyCommand(form, policy, request)
            : null;
    }

    /// <summary>An application as it was opened.</summary>
    public AskedFor AskedFor(StoredApplication stored) =>
        new(vault.OpenJson<ApplicationRequest>(stored.Request), applications.Reread(stored).Form);
}
