using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.ProjectApproval;

/// <summary>The investment-project approval platform (项目赋码).</summary>
internal sealed class ProjectApprovalAgency(
    IProjectApprovalClient client,
    [FromKeyedServices(ProjectApprovalAgency.Name)] AgencyCaller caller
) : IProjectApprovalSource
{
    public const string Name = "project-approval";

    private static readonly AgencyOperation s_query = new(Name, "query", IsIdempotentRead: true);

    public string Agency => Name;

    public Task<AgencyAnswer<ProjectApprovalFacts>> AskAsync(
        CreditCode enterprise,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            s_query,
            request,
            (call, cancelled) => client.QueryAsync(new ProjectRequest(enterprise.Value), call, cancelled),
            answer => ProjectApprovalReader.Read(answer, enterprise),
            cancellationToken
        );
}
