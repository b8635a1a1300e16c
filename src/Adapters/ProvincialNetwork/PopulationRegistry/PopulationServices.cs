using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>Registers the population registry's two sources.</summary>
internal static class PopulationServices
{
    public static IServiceCollection AddPopulationRegistry(this IServiceCollection services) =>
        services
            .AddAgency<PopulationOptions>(PopulationAgency.Name, ExchangeAgency.Name)
            .AddExchangeClient<IPopulationClient, PopulationOptions>(new WireXmlSerializer())
            .AddExchangeForwarding<PopulationOptions>(
                PopulationAgency.Name,
                provider => ActivatorUtilities.CreateInstance<ExchangeSoapDialect>(provider)
            )
            .AddExchangeDiagnosis<PopulationOptions>(PopulationAgency.Name, options => options.CheckService)
            .AddSingleton<PopulationPackageWriter>()
            .AddSingleton<PopulationSoap>()
            .AddSingleton<PopulationReader>()
            .AddSingleton<PopulationAgency>()
            .AddSingleton<IIdentitySource, PopulationIdentitySource>()
            .AddSingleton<IHouseholdSource, PopulationHouseholdSource>();
}
