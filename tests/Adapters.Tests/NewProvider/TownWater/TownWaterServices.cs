using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.TownWater;

/// <summary>Registers the waterworks: options, client, signer, diagnosis, port.</summary>
internal static class TownWaterServices
{
    public static IServiceCollection AddTownWater(this IServiceCollection services)
    {
        services.AddAgency<TownWaterOptions>(TownWaterAgency.Name);
        services.AddAgencyClient<ITownWaterClient, TownWaterOptions>(
            new WireJsonSerializer(TownWaterJson.Default),
            provider => OptionsOf(provider).BaseAddress!,
            provider => new BasicSigner(OptionsOf(provider).User, OptionsOf(provider).RevealPassword())
        );
        services.AddDiagnosis<TownWaterOptions>(
            TownWaterAgency.Name,
            _ => new DiagnosedSecret("The password of the configuration", Key: null)
        );
        return services.AddSingleton<IUtilityProvider, TownWaterAgency>();
    }

    private static TownWaterOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<TownWaterOptions>>().Value;
}
