using Integration.Adapters.GridResource;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.LicenceLibrary;
using Integration.Adapters.Municipal;
using Integration.Adapters.Ports;
using Integration.Adapters.ProjectApproval;
using Integration.Adapters.ProvincialNetwork;
using Integration.Adapters.ProvincialNetwork.BusinessLicence;
using Integration.Adapters.ProvincialNetwork.PopulationRegistry;
using Integration.Adapters.RealEstate;
using Integration.Adapters.Utilities.Electricity;
using Integration.Adapters.Utilities.Gas;
using Integration.Adapters.Utilities.Network;
using Integration.Adapters.Utilities.Television;
using Integration.Adapters.Utilities.Water;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Integration.Adapters;

/// <summary>The adapters as the gateway sees them: one call, then the ports.</summary>
public static class AgencyAdapters
{
    private static readonly AgencyRegistration[] s_agencies =
    [
        new(ExchangeAgency.Name, services => services.AddExchangePlatform()),
        new(PopulationAgency.Name, services => services.AddPopulationRegistry(), ExchangeAgency.Name),
        new(BusinessLicenceAgency.Name, services => services.AddBusinessLicence(), ExchangeAgency.Name),
        new(RealEstateAgency.Name, services => services.AddRealEstate()),
        new(LicenceLibraryAgency.Name, services => services.AddLicenceLibrary()),
        new(GridResourceAgency.Name, services => services.AddGridResource()),
        new(ProjectApprovalAgency.Name, services => services.AddProjectApproval()),
        new(ElectricityAgency.Name, services => services.AddElectricity()),
        new(WaterAgency.Name, services => services.AddWater()),
        new(GasAgency.Name, services => services.AddGas()),
        new(NetworkAgency.Name, services => services.AddNetwork()),
        new(TelevisionAgency.Name, services => services.AddTelevision()),
        new(MunicipalAgency.Name, services => services.AddMunicipal()),
    ];

    /// <summary>
    /// Registers the sources of every agency that has a section under <c>Agencies</c>; the sections' contents are
    /// checked at start.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// A section names an agency that there is not, or one that is reached through another without a section; lists all.
    /// </exception>
    public static IServiceCollection AddAgencyAdapters(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var named = Named(configuration);
        var faults = FaultsIn(configuration);
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, faults.Values));
        }

        services.AddMetrics();
        services.TryAddSingleton<IAgencyForwarding, AgencyForwarding>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddWayOut();
        foreach (var agency in s_agencies.Where(agency => named.Contains(agency.Name)))
        {
            agency.Add(services);
        }

        return services;
    }

    /// <summary>Sections under <c>Agencies</c> that no adapter can be registered for, each with its fault.</summary>
    public static IReadOnlyDictionary<string, string> FaultsIn(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var named = Named(configuration);
        var faults = named
            .Where(name => !s_agencies.Any(agency => agency.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(
                AgencyServices.SectionOf,
                name => $"{AgencyServices.SectionOf(name)}: no such agency",
                StringComparer.OrdinalIgnoreCase
            );
        foreach (var agency in s_agencies)
        {
            if (agency.Through is { } through && named.Contains(agency.Name) && !named.Contains(through))
            {
                faults[AgencyServices.SectionOf(agency.Name)] =
                    $"{AgencyServices.SectionOf(agency.Name)}: is reached through {through}, which has no section";
            }
        }

        return faults;
    }

    private static HashSet<string> Named(IConfiguration configuration) =>
        configuration
            .GetSection(AgencyServices.Section)
            .GetChildren()
            .Select(section => section.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private sealed record AgencyRegistration(string Name, Action<IServiceCollection> Add, string? Through = null);
}
