using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Gates;
using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Http;

/// <summary>How an agency folder registers itself: its options, its gate and its caller; its clients are registered by <c>AgencyClients</c>.</summary>
internal static class AgencyServices
{
    /// <summary>Configuration section that holds one section per agency.</summary>
    public const string Section = "Agencies";

    private static readonly TimeSpan s_connectTime = TimeSpan.FromSeconds(3);

    /// <summary>What all agencies stand on; there even when none is configured.</summary>
    public static IServiceCollection AddWayOut(this IServiceCollection services)
    {
        services.TryAddSingleton<AgencyTelemetry>();
        services.TryAddSingleton<AgencyConditions>();
        services.TryAddSingleton<IAgencyConditions>(Conditions);
        services.TryAddSingleton<IAgencyMaintenance, NothingInMaintenance>();
        services.TryAddSingleton<IDailyQuotas, NothingCounted>();
        services.TryAddSingleton<IAgencyGates, AgencyGates>();
        services.TryAddSingleton<IAgencyDiagnosis, AgencyDiagnosis>();
        // A client that says nothing of its connections gets these too.
        services.ConfigureHttpClientDefaults(client =>
            client.ConfigurePrimaryHttpMessageHandler(() => OutgoingConnections.Create(s_connectTime))
        );
        return services;
    }

    /// <summary>
    /// Options of section <c>Agencies:{agency}</c> (validated at start, unknown keys refused) and the agency's
    /// <see cref="AgencyCaller"/>, keyed by its name.
    /// </summary>
    /// <param name="services">The registrations.</param>
    /// <param name="agency">Its name.</param>
    /// <param name="behind">The platform that it is reached through: it rests when that does; null: none.</param>
    public static IServiceCollection AddAgency<TOptions>(
        this IServiceCollection services,
        string agency,
        string? behind = null
    )
        where TOptions : AgencyOptions
    {
        var section = SectionOf(agency);
        services
            .AddOptions<TOptions>()
            .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton(new SettingsSection(section, typeof(TOptions)));
        services.AddSingleton<IValidateOptions<TOptions>>(new AgencyOptionsValidator<TOptions>(section));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<AgencyGate>(agency));
        return services.AddAgencyCaller<TOptions>(
            agency,
            behind is null ? [agency] : [agency, behind],
            limits => limits
        );
    }

    /// <summary>
    /// A keyed <see cref="AgencyCaller"/> with its <see cref="AgencyGate"/> under the limits of <typeparamref name="TOptions"/>: one for the agency, and
    /// one for each service of it that must never wait for the agency's own places.
    /// </summary>
    public static IServiceCollection AddAgencyCaller<TOptions>(
        this IServiceCollection services,
        string name,
        IReadOnlyList<string> restsWith,
        Func<AgencyLimits, AgencyLimits> limits
    )
        where TOptions : AgencyOptions =>
        services
            .AddSingleton(new AgencyInUse(name))
            .AddKeyedSingleton(
                name,
                (provider, _) =>
                    new AgencyGate(
                        name,
                        limits(LimitsOf<TOptions>(provider)),
                        new MaintenanceSigns(
                            provider.GetRequiredService<IAgencyMaintenance>(),
                            restsWith,
                            provider.GetRequiredService<TimeProvider>()
                        ),
                        provider.GetRequiredService<IDailyQuotas>(),
                        provider.GetRequiredService<AgencyTelemetry>(),
                        provider.GetRequiredService<TimeProvider>()
                    )
            )
            .AddKeyedSingleton(
                name,
                (provider, _) =>
                    new AgencyCaller(
                        provider.GetRequiredKeyedService<AgencyGate>(name),
                        LimitsOf<TOptions>(provider),
                        provider.GetRequiredService<AgencyConditions>(),
                        provider.GetRequiredService<AgencyTelemetry>(),
                        provider.GetRequiredService<TimeProvider>()
                    )
            );

    public static string SectionOf(string agency) => $"{Section}:{agency}";

    /// <summary>Every agency is shown from the start, asked or not.</summary>
    private static AgencyConditions Conditions(IServiceProvider provider)
    {
        foreach (var agency in provider.GetServices<AgencyInUse>())
        {
            provider.GetRequiredKeyedService<AgencyCaller>(agency.Name);
        }

        return provider.GetRequiredService<AgencyConditions>();
    }

    private static AgencyLimits LimitsOf<TOptions>(IServiceProvider provider)
        where TOptions : AgencyOptions => provider.GetRequiredService<IOptions<TOptions>>().Value.Limits;
}

/// <summary>An agency, or a service of it, that has a caller.</summary>
internal sealed record AgencyInUse(string Name);
