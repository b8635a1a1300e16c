using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Http.Keys;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.RealEstate;

/// <summary>Registers the real-estate registry and its token.</summary>
internal static class RealEstateServices
{
    public static IServiceCollection AddRealEstate(this IServiceCollection services)
    {
        var json = new WireJsonSerializer(RealEstateJson.Default);
        services.AddAgency<RealEstateOptions>(RealEstateAgency.Name);
        services.AddKeyService<RealEstateOptions>(RealEstateToken.Service, RealEstateAgency.Name);
        services.AddAgencyClient<IRealEstateTokenClient, RealEstateOptions>(json, BaseAddress);
        services.AddAgencyClient<IRealEstateClient, RealEstateOptions>(
            json,
            BaseAddress,
            provider => provider.GetRequiredService<GxDataSigner>()
        );
        services.AddForwarding<RealEstateOptions>(
            RealEstateAgency.Name,
            provider => new GxDataDialect(
                provider.GetRequiredService<GxDataSigner>(),
                provider.GetRequiredService<QueryNumbers>()
            )
        );
        services.AddDiagnosis<RealEstateOptions>(
            RealEstateAgency.Name,
            provider => new DiagnosedSecret("The token", provider.GetRequiredService<RealEstateToken>().Current)
        );
        return services
            .AddSingleton<RealEstateToken>()
            .AddSingleton<GxDataSigner>()
            .AddSingleton<QueryNumbers>()
            .AddSingleton<IPropertyTitleSource, RealEstateAgency>();
    }

    private static Uri BaseAddress(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<RealEstateOptions>>().Value.BaseAddress!;
}
