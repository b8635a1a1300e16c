using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Forwarding;
using Integration.Adapters.Http.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Refit;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>Registers the exchange platform, and clients of the services behind it.</summary>
internal static class ExchangeServices
{
    public static IServiceCollection AddExchangePlatform(this IServiceCollection services)
    {
        services.AddAgency<ExchangeOptions>(ExchangeAgency.Name);
        services.AddAgencyClient<IExchangeClient, ExchangeOptions>(
            new WireJsonSerializer(ExchangeJson.Default),
            AddressOf,
            provider => provider.GetRequiredService<ExchangeKeySigner>()
        );
        services.AddDiagnosis<ExchangeOptions>(
            ExchangeAgency.Name,
            _ => new DiagnosedSecret("The application key (appkey)", Key: null)
        );
        return services
            .AddSingleton<ExchangeKeySigner>()
            .AddSingleton<ExchangeKeys>()
            .AddSingleton<ExchangeReader>()
            .AddSingleton<ExchangeRefusal>()
            .AddSingleton<SuccessorEnvelope>()
            .AddSingleton<ExchangeSigner>();
    }

    /// <summary>A client of services behind the platform, signed in its dialect.</summary>
    public static IServiceCollection AddExchangeClient<TApi, TOptions>(
        this IServiceCollection services,
        IHttpContentSerializer serializer
    )
        where TApi : class
        where TOptions : AgencyOptions
    {
        services.AddAgencyClient<TApi, TOptions>(
            serializer,
            AddressOf,
            provider => provider.GetRequiredService<ExchangeSigner>()
        );
        return services;
    }

    /// <summary>Offers an agency behind the platform to forwarded requests: at the platform's addresses.</summary>
    public static IServiceCollection AddExchangeForwarding<TOptions>(
        this IServiceCollection services,
        string agency,
        Func<IServiceProvider, IForwardedDialect> dialect
    )
        where TOptions : AgencyOptions => services.AddForwarding<TOptions, ExchangeOptions>(agency, dialect);

    /// <summary>What a diagnosis of an agency behind the platform looks at: the platform's addresses, and the call key of one of its services.</summary>
    public static IServiceCollection AddExchangeDiagnosis<TOptions>(
        this IServiceCollection services,
        string agency,
        Func<TOptions, string?> service
    )
        where TOptions : AgencyOptions =>
        services.AddDiagnosis<TOptions, ExchangeOptions>(
            agency,
            provider => new DiagnosedSecret(
                "The call key (refreshappsecret)",
                provider
                    .GetRequiredService<ExchangeKeys>()
                    .For(new ExchangeService(service(provider.GetRequiredService<IOptions<TOptions>>().Value)!))
            )
        );

    private static Uri AddressOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<ExchangeOptions>>().Value.BaseAddress!;
}
