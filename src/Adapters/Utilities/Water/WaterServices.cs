using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Water;

/// <summary>Registers the water company.</summary>
internal static class WaterServices
{
    public static IServiceCollection AddWater(this IServiceCollection services)
    {
        services.AddAgency<WaterOptions>(WaterAgency.Name);
        services.AddAgencyClient<IWaterClient, WaterOptions>(
            new WireJsonSerializer(WaterJson.Default),
            provider => OptionsOf(provider).BaseAddress!,
            Signer
        );
        services.AddDiagnosis<WaterOptions>(
            WaterAgency.Name,
            _ => new DiagnosedSecret("The client secret of the configuration", Key: null)
        );
        return services.AddSingleton<IUtilityProvider, WaterAgency>();
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

    private static WaterOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<WaterOptions>>().Value;
}
