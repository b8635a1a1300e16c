using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Http.Forwarding;

/// <summary>How an agency folder offers its agency to forwarded requests: one line in its registration.</summary>
internal static class ForwardingRegistration
{
    /// <summary>An agency that we connect to ourselves.</summary>
    public static IServiceCollection AddForwarding<TOptions>(
        this IServiceCollection services,
        string agency,
        Func<IServiceProvider, IForwardedDialect> dialect
    )
        where TOptions : AddressedOptions => services.AddForwarding<TOptions, TOptions>(agency, dialect);

    /// <summary>An agency that is reached through another one's addresses.</summary>
    /// <typeparam name="TOptions">Its own options: its limits hold.</typeparam>
    /// <typeparam name="TAddressed">The options that hold the addresses.</typeparam>
    public static IServiceCollection AddForwarding<TOptions, TAddressed>(
        this IServiceCollection services,
        string agency,
        Func<IServiceProvider, IForwardedDialect> dialect
    )
        where TOptions : AgencyOptions
        where TAddressed : AddressedOptions =>
        services.AddSingleton(provider =>
        {
            var limits = Options<TOptions>(provider).Limits;
            var addressed = Options<TAddressed>(provider);
            var offered = dialect(provider);
            return new ForwardingOffer(
                new ForwardableAgency(
                    agency,
                    addressed.Addresses,
                    [offered.Description],
                    Rooted(addressed.ProbePath),
                    limits.AttemptTime,
                    limits.ConnectTime,
                    limits.Retries,
                    limits.Parallel
                ),
                offered
            );
        });

    /// <summary>The path with one slash in front, however it is written in the configuration.</summary>
    public static string? Rooted(string? path) => path is null ? null : $"/{path.TrimStart('/')}";

    private static TOptions Options<TOptions>(IServiceProvider provider)
        where TOptions : AgencyOptions => provider.GetRequiredService<IOptions<TOptions>>().Value;
}
