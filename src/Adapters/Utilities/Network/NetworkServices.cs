using Integration.Adapters.Http;
using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Network;

/// <summary>Registers the network company.</summary>
internal static class NetworkServices
{
    /// <summary>No caller, no gate, no diagnosis: there is nothing to call.</summary>
    public static IServiceCollection AddNetwork(this IServiceCollection services)
    {
        var section = AgencyServices.SectionOf(NetworkAgency.Name);
        services
            .AddOptions<NetworkOptions>()
            .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        return services
            .AddSingleton(new SettingsSection(section, typeof(NetworkOptions)))
            .AddSingleton<IValidateOptions<NetworkOptions>>(new AgencyOptionsValidator<NetworkOptions>(section))
            .AddSingleton<IUtilityProvider, NetworkAgency>();
    }
}
