using Integration.Gateway.Applications.Model;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Applications.Deadlines;

/// <summary>Whether the caller of an application may still have asked today what is to be asked again.</summary>
internal sealed class StandingGrant(CallerDirectory directory, TimeProvider time)
{
    public Result<GrantedRequest> Check(Application application, IReadOnlyList<PlannedCheck> checks)
    {
        var callers = directory.Current;
        if (callers.Find(application.CallerId) is not { } client)
        {
            return ApplicationProblems.CallerIsGone;
        }

        return GrantedRequest.Check(
            callers,
            client.Caller,
            application.CaseId,
            application.Purpose,
            [
                new GrantDemand(ServiceFields.Applications, application.Purpose, []),
                .. checks.Select(check => check.Demand(application.Purpose)),
            ],
            time.GetUtcNow()
        );
    }
}
