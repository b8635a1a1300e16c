using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Verifications.Asking;

namespace Integration.Gateway.Applications;

/// <summary>Whether the caller of an application may still have asked today what is to be asked again.</summary>
internal sealed class StandingGrant(CallerDirectory directory, TimeProvider time)
{
    public Result<GrantedRequest> Check(Dossier dossier, IReadOnlyList<PlannedCheck> checks)
    {
        var callers = directory.Current;
        if (callers.Find(dossier.CallerId) is not { } client)
        {
            return Refusal.NotGranted("Rule client: the client does not exist any more.");
        }

        return GrantedRequest.Check(
            callers,
            client.Caller,
            dossier.CaseId,
            dossier.Purpose,
            [
                new GrantDemand(ServiceFields.Applications, dossier.Purpose, []),
                .. checks.Select(check => check.Demand(dossier.Purpose)),
            ],
            time.GetUtcNow()
        );
    }
}
