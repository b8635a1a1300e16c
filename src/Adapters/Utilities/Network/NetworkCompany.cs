using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Network;

/// <summary>The network company: too small for a system of its own. Its people log in with us and pull their work list; we never call them.</summary>
internal sealed class NetworkCompany : IUtilityProvider
{
    public const string Name = "network";

    public Utility Utility => Utility.Network;

    public UtilityHabits Habits { get; } = new() { Delivery = LegDeliveryHabit.WorkList };
}

/// <summary>Section <c>Agencies:network</c>.</summary>
internal sealed record NetworkOptions : AgencyOptions
{
    /// <summary>That it pulls its work list: the only way it works, said so that the section is there.</summary>
    /// <value>Must be true.</value>
    public bool WorkList { get; init; }

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. WorkList ? Array.Empty<string>() : ["WorkList: must be true, there is no other way"]];
}

internal static class NetworkRegistration
{
    /// <summary>No caller, no gate, no diagnosis: there is nothing to call.</summary>
    public static IServiceCollection AddNetwork(this IServiceCollection services)
    {
        var section = AgencyClients.SectionOf(NetworkCompany.Name);
        services
            .AddOptions<NetworkOptions>()
            .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<NetworkOptions>>(new AgencyOptionsValidator<NetworkOptions>(section))
            .AddSingleton<IUtilityProvider, NetworkCompany>();
    }
}
