using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Adapters.ProvincialNetwork;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.BusinessLicence;

/// <summary>Registers the enterprise register's sources.</summary>
internal static class BusinessLicenceRegistration
{
    public const string Agency = "business-licence";

    public static IServiceCollection AddBusinessLicence(this IServiceCollection services) =>
        services
            .AddAgency<BusinessLicenceOptions>(Agency)
            .AddExchangeClient<IBusinessLicenceApi, BusinessLicenceOptions>(
                new WireJsonSerializer(EnterpriseJson.Default)
            )
            .AddSingleton<EnterpriseReader>()
            .AddSingleton<BusinessLicenceSource>()
            .AddSingleton<IBusinessLicenceSource>(provider => provider.GetRequiredService<BusinessLicenceSource>())
            .AddSingleton<IBusinessLicenceComparisonSource>(provider =>
                provider.GetRequiredService<BusinessLicenceSource>()
            );
}
