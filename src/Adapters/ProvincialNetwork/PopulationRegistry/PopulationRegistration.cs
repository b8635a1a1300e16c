using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>Registers the population registry's two sources.</summary>
internal static class PopulationRegistration
{
    public const string Agency = "population-registry";

    public static IServiceCollection AddPopulationRegistry(this IServiceCollection services) =>
        services
            .AddAgency<PopulationOptions>(Agency, ExchangePlatform.Agency)
            .AddExchangeClient<IPopulationApi, PopulationOptions>(new WireXmlSerializer())
            .AddExchangeForwarding<PopulationOptions>(
                Agency,
                provider => ActivatorUtilities.CreateInstance<ExchangeSoapDialect>(provider)
            )
            .AddExchangeDiagnosis<PopulationOptions>(Agency, options => options.CheckService)
            .AddSingleton<PopulationPackage>()
            .AddSingleton<PopulationSoap>()
            .AddSingleton<PopulationAnswer>()
            .AddSingleton<PopulationCaller>()
            .AddSingleton<IIdentitySource, PopulationIdentitySource>()
            .AddSingleton<IHouseholdSource, PopulationHouseholdSource>();
}
