using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Gas;

/// <summary>Registers the gas company.</summary>
internal static class GasServices
{
    public static IServiceCollection AddGas(this IServiceCollection services)
    {
        services.AddAgency<GasOptions>(GasAgency.Name);
        services.AddAgencyClient<IGasClient, GasOptions>(
            new WireXmlSerializer(),
            provider => OptionsOf(provider).BaseAddress!,
            provider => new TifSigner(
                OptionsOf(provider).PaasId,
                OptionsOf(provider).RevealToken(),
                serviceId: null,
                provider.GetRequiredService<TimeProvider>()
            )
        );
        services.AddDiagnosis<GasOptions>(
            GasAgency.Name,
            _ => new DiagnosedSecret("The token of the configuration", Key: null)
        );
        return services.AddSingleton<IUtilityProvider, GasAgency>();
    }

    private static GasOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<GasOptions>>().Value;
}
