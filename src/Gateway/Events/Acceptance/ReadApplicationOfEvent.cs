using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications;
using Integration.Gateway.Applications.Reading;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Events.Acceptance;

/// <summary>Understands what an event asks for, and what was asked for before, as flow 1 does.</summary>
internal sealed class ReadApplicationOfEvent(
    ApplicationStore applications,
    PersonalDataVault vault,
    PolicyBook policies,
    TimeProvider time
)
{
    /// <summary>The application under the policy in force now; null and every fault in the list.</summary>
    public ApplyCommand? Read(EventWork work, FaultList faults)
    {
        var now = time.GetUtcNow();
        var policy = policies.InForce(now);
        var request = AcceptEvent.Application(work.Input, work.Row.CaseId, policy);
        return new FormReader(request, policy, now, faults).Read(wait: null) is { } form
            ? new ApplyCommand(form, policy, request)
            : null;
    }

    /// <summary>An application as it was opened.</summary>
    public AskedFor AskedFor(StoredApplication stored) =>
        new(vault.OpenJson<ApplicationRequest>(stored.Request), applications.Reread(stored).Form);
}
