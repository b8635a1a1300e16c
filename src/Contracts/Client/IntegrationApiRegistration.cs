using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Refit;

namespace Integration.Contracts.Client;

/// <summary>Registers the typed client.</summary>
public static class IntegrationApiRegistration
{
    /// <summary>
    /// Adds <see cref="IIntegrationApi"/>. It gets its own access tokens (<c>POST /oauth/token</c>, client credentials) and
    /// keeps each until shortly before its end. Options are validated at start, all faults at once. A
    /// <see cref="TimeProvider"/> registered before is used. Redirects are not followed.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options, e.g. <c>configuration.GetSection("Integration").Bind</c>.</param>
    /// <returns>The HTTP client's builder, for a host's own handlers.</returns>
    public static IHttpClientBuilder AddIntegrationApi(
        this IServiceCollection services,
        Action<IntegrationApiOptions> configure
    )
    {
        services.AddOptions<IntegrationApiOptions>().Configure(configure).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<IntegrationApiOptions>, IntegrationApiOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenCache>();
        services.TryAddTransient<TokenHandler>();
        return services
            .AddRefitGeneratedClient<IIntegrationApi>(provider =>
                AnswerReading.SettingsFor(provider.GetRequiredService<TimeProvider>())
            )
            .ConfigureHttpClient(
                (provider, client) =>
                {
                    var options = provider.GetRequiredService<IOptions<IntegrationApiOptions>>().Value;
                    client.BaseAddress = options.BaseAddress;
                    client.Timeout = options.Timeout;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    // Trusted as by default, but what a certificate names (issuers, revocation lists) is not downloaded.
                    SslOptions =
                    {
                        CertificateChainPolicy = new X509ChainPolicy
                        {
                            DisableCertificateDownloads = true,
                            RevocationMode = X509RevocationMode.NoCheck,
                        },
                    },
                }
            )
            .AddHttpMessageHandler<TokenHandler>();
    }
}
