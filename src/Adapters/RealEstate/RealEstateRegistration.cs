using Integration.Adapters.Http;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.RealEstate;

internal static class RealEstateRegistration
{
    public static IServiceCollection AddRealEstate(this IServiceCollection services)
    {
        var json = new WireJsonSerializer(RealEstateJson.Default);
        services.AddAgency<RealEstateOptions>(RealEstateRegistry.Name);
        services.AddKeyService<RealEstateOptions>(RealEstateToken.Service, RealEstateRegistry.Name);
        services.AddAgencyClient<IRealEstateTokenApi, RealEstateOptions>(json, BaseAddress);
        services.AddAgencyClient<IRealEstateApi, RealEstateOptions>(
            json,
            BaseAddress,
            provider => provider.GetRequiredService<GxDataSigner>()
        );
        services.AddForwarding<RealEstateOptions>(
            RealEstateRegistry.Name,
            provider => new GxDataDialect(
                provider.GetRequiredService<GxDataSigner>(),
                provider.GetRequiredService<QueryNumbers>()
            )
        );
        services.AddDiagnosis<RealEstateOptions>(
            RealEstateRegistry.Name,
            provider => new DiagnosedSecret("The token", provider.GetRequiredService<RealEstateToken>().Current)
        );
        return services
            .AddSingleton<RealEstateToken>()
            .AddSingleton<GxDataSigner>()
            .AddSingleton<QueryNumbers>()
            .AddSingleton<IPropertyTitleSource, RealEstateRegistry>();
    }

    private static Uri BaseAddress(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<RealEstateOptions>>().Value.BaseAddress!;
}
