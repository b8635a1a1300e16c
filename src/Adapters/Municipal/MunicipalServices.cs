using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Municipal;

/// <summary>Registers the municipal system as one that can be asked for events.</summary>
internal static class MunicipalServices
{
    public static IServiceCollection AddMunicipal(this IServiceCollection services)
    {
        services.AddAgency<MunicipalOptions>(MunicipalAgency.Name);
        services.AddAgencyClient<IMunicipalClient, MunicipalOptions>(
            new WireJsonSerializer(MunicipalJson.Default),
            provider => OptionsOf(provider).BaseAddress!,
            Signer
        );
        services.AddDiagnosis<MunicipalOptions>(
            MunicipalAgency.Name,
            _ => new DiagnosedSecret("The client secret of the configuration", Key: null)
        );
        return services.AddSingleton<IEventCatchUp, MunicipalAgency>();
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

    private static MunicipalOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<MunicipalOptions>>().Value;
}
