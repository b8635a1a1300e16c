using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProjectApproval;

/// <summary>Registers the investment-project platform.</summary>
internal static class ProjectApprovalServices
{
    public static IServiceCollection AddProjectApproval(this IServiceCollection services)
    {
        services.AddAgency<ProjectApprovalOptions>(ProjectApprovalAgency.Name);
        services.AddAgencyClient<IProjectApprovalClient, ProjectApprovalOptions>(
            new WireJsonSerializer(ProjectApprovalJson.Default),
            provider => OptionsOf(provider).BaseAddress!,
            Signer
        );
        services.AddForwarding<ProjectApprovalOptions>(
            ProjectApprovalAgency.Name,
            provider => new SignedHeaders("client-id", Signer(provider))
        );
        services.AddDiagnosis<ProjectApprovalOptions>(
            ProjectApprovalAgency.Name,
            _ => new DiagnosedSecret("The client secret of the configuration", Key: null)
        );
        return services.AddSingleton<IProjectApprovalSource, ProjectApprovalAgency>();
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
