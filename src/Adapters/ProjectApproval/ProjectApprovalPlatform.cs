using Integration.Adapters.Http;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProjectApproval;

/// <summary>The investment-project approval platform (项目赋码).</summary>
internal sealed class ProjectApprovalPlatform(
    IProjectApprovalApi api,
    [FromKeyedServices(ProjectApprovalPlatform.Name)] AgencyCaller caller
) : IProjectApprovalSource
{
    public const string Name = "project-approval";

    private static readonly AgencyOperation s_query = new(Name, "query", IsIdempotentRead: true);

    public string Agency => Name;

    public Task<AgencyAnswer<ProjectApprovalFacts>> Ask(
        CreditCode enterprise,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.Ask(
            s_query,
            request,
            (call, cancelled) => api.Query(new ProjectRequest(enterprise.Value), call, cancelled),
            answer => ProjectAnswerReader.Read(answer, enterprise),
            cancellationToken
        );
}

internal static class ProjectApprovalRegistration
{
    public static IServiceCollection AddProjectApproval(this IServiceCollection services)
    {
        services.AddAgency<ProjectApprovalOptions>(ProjectApprovalPlatform.Name);
        services.AddAgencyClient<IProjectApprovalApi, ProjectApprovalOptions>(
            new WireJsonSerializer(ProjectApprovalJson.Default),
            provider => OptionsOf(provider).BaseAddress!,
            Signer
        );
        services.AddForwarding<ProjectApprovalOptions>(
            ProjectApprovalPlatform.Name,
            provider => new SignedHeaders("client-id", Signer(provider))
        );
        services.AddDiagnosis<ProjectApprovalOptions>(
            ProjectApprovalPlatform.Name,
            _ => new DiagnosedSecret("The client secret of the configuration", Key: null)
        );
        return services.AddSingleton<IProjectApprovalSource, ProjectApprovalPlatform>();
    }

    private static ClientIdSigner Signer(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        return new ClientIdSigner(
            options.ClientId,
            options.RevealClientSecret(),
            provider.GetRequiredService<TimeProvider>()
        );
    }

    private static ProjectApprovalOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<ProjectApprovalOptions>>().Value;
}
