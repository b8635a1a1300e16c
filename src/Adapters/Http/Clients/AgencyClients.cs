using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Refit;

namespace Integration.Adapters.Http.Clients;

/// <summary>How an agency folder registers a generated client: signed in the dialect, its answers bounded and read hardened.</summary>
internal static class AgencyClients
{
    /// <summary>
    /// A generated client for <typeparamref name="TApi"/>. Every method takes
    /// <c>[Property(AgencyCall.Option)] AgencyCall</c> and a cancellation token.
    /// </summary>
    /// <param name="services">The registrations.</param>
    /// <param name="serializer">Writes request bodies, reads answers; hardened.</param>
    /// <param name="baseAddress">From configuration only.</param>
    /// <param name="signer">The dialect's signer; null when the dialect signs nothing at the HTTP level.</param>
    public static IHttpClientBuilder AddAgencyClient<TApi, TOptions>(
        this IServiceCollection services,
        IHttpContentSerializer serializer,
        Func<IServiceProvider, Uri> baseAddress,
        Func<IServiceProvider, IDialectSigner>? signer = null
    )
        where TApi : class
        where TOptions : AgencyOptions
    {
        var client = services
            .AddRefitGeneratedClient<TApi>(SettingsWith(serializer))
            .ConfigureHttpClient(
                (provider, http) =>
                {
                    http.BaseAddress = baseAddress(provider);
                    http.Timeout = Timeout.InfiniteTimeSpan;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(provider => Transport(LimitsOf<TOptions>(provider)))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        if (signer is not null)
        {
            client.AddHttpMessageHandler(provider => new SigningHandler(signer(provider)));
        }

        return client.AddHttpMessageHandler(provider => new AnswerHandler(
            LimitsOf<TOptions>(provider).AnswerBytes,
            provider.GetRequiredService<TimeProvider>()
        ));
    }

    private static AgencyLimits LimitsOf<TOptions>(IServiceProvider provider)
        where TOptions : AgencyOptions => provider.GetRequiredService<IOptions<TOptions>>().Value.Limits;

    private static RefitSettings SettingsWith(IHttpContentSerializer serializer)
    {
        var settings = new RefitSettings(serializer);
        settings.Exceptions.ExceptionFactory = answer =>
            ValueTask.FromResult<Exception?>(
                answer.IsSuccessStatusCode || (serializer is WireXmlSerializer && WireXmlSerializer.IsSoapFault(answer))
                    ? null
                    : new AgencyFaultException(AgencyFailures.FromStatus(answer.StatusCode))
            );
        settings.Exceptions.DeserializationExceptionFactory = (_, exception) =>
            ValueTask.FromResult<Exception?>(exception);
        // Exceptions of Refit hold the live request, signature and question included: none is let out, and should one
        // be made all the same, it is empty.
        settings.Exceptions.TransportExceptionFactory = (_, exception, _) => exception;
        settings.Exceptions.MaxExceptionContentLength = 0;
        settings.Exceptions.ExceptionRedactor = exception =>
        {
            exception.RequestMessage.Headers.Clear();
            exception.RequestMessage.Content = null;
        };
        return settings;
    }

    private static SocketsHttpHandler Transport(AgencyLimits limits)
    {
        var handler = OutgoingConnections.Create(limits.ConnectTime);
        handler.MaxConnectionsPerServer = limits.Parallel;
        return handler;
    }
}
