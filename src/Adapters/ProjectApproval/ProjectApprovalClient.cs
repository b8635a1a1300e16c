using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.ProjectApproval;

/// <summary>The platform's query service.</summary>
internal interface IProjectApprovalClient
{
    [Post("/api/projects/query")]
    Task<ProjectAnswer> QueryAsync(
        [Body] ProjectRequest request,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
