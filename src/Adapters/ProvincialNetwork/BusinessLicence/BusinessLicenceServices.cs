using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.BusinessLicence;

/// <summary>Registers the enterprise register's sources.</summary>
internal static class BusinessLicenceServices
{
    public static IServiceCollection AddBusinessLicence(this IServiceCollection services) =>
        services
            .AddAgency<BusinessLicenceOptions>(BusinessLicenceAgency.Name, ExchangeAgency.Name)
            .AddExchangeClient<IBusinessLicenceClient, BusinessLicenceOptions>(
                new WireJsonSerializer(BusinessLicenceJson.Default)
            )
            .AddExchangeForwarding<BusinessLicenceOptions>(BusinessLicenceAgency.Name, Dialect)
            .AddExchangeDiagnosis<BusinessLicenceOptions>(BusinessLicenceAgency.Name, options => options.QueryService)
            .AddSingleton<BusinessLicenceReader>()
            .AddSingleton<BusinessLicenceAgency>()
            .AddSingleton<IBusinessLicenceSource>(provider => provider.GetRequiredService<BusinessLicenceAgency>())
            .AddSingleton<IBusinessLicenceComparisonSource>(provider =>
                provider.GetRequiredService<BusinessLicenceAgency>()
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
