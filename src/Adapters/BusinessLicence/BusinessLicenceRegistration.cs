using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Adapters.ProvincialNetwork;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.BusinessLicence;

/// <summary>Registers the enterprise register's sources.</summary>
internal static class BusinessLicenceRegistration
{
    public const string Agency = "business-licence";

    public static IServiceCollection AddBusinessLicence(this IServiceCollection services) =>
        services
            .AddAgency<BusinessLicenceOptions>(Agency, ExchangePlatform.Agency)
            .AddExchangeClient<IBusinessLicenceApi, BusinessLicenceOptions>(
                new WireJsonSerializer(EnterpriseJson.Default)
            )
            .AddExchangeForwarding<BusinessLicenceOptions>(Agency, Dialect)
            .AddExchangeDiagnosis<BusinessLicenceOptions>(Agency, options => options.QueryService)
            .AddSingleton<EnterpriseReader>()
            .AddSingleton<BusinessLicenceSource>()
            .AddSingleton<IBusinessLicenceSource>(provider => provider.GetRequiredService<BusinessLicenceSource>())
            .AddSingleton<IBusinessLicenceComparisonSource>(provider =>
                provider.GetRequiredService<BusinessLicenceSource>()
            );

    private static ExchangeRestDialect Dialect(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<ExchangeSigner>(),
            provider.GetRequiredService<IOptions<ExchangeOptions>>(),
            (
                "authcode",
                provider.GetRequiredService<IOptions<BusinessLicenceOptions>>().Value.RevealAuthorisationCode()
            )
        );
}
