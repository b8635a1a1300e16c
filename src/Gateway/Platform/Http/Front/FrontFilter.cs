using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>
/// Puts the filter in front of Kestrel's parser, behind TLS. Kestrel repairs much of what it reads, so what it read cannot be
/// judged afterwards.
/// </summary>
internal static partial class FrontFilter
{
    private static readonly ConditionalWeakTable<ListenOptions, object> s_placed = [];

    /// <summary>Every listener gets the filter; those of <c>Kestrel:Endpoints</c> with a certificate get it behind TLS.</summary>
    /// <exception cref="OptionsValidationException">
    /// An https address in <c>Urls</c>: Kestrel puts TLS behind everything there, so the filter would read cipher text.
    /// </exception>
    public static void UseFrontFilter(this KestrelServerOptions kestrel, IConfiguration configuration)
    {
        RefuseTlsWithoutEndpoint(configuration);

        // Runs before a listener's own set-up, hence in front of TLS if there is any: a connection too many costs no
        // handshake. The filter then yields to the one placed by hand, and without one it meets TLS where it expects HTTP
        // and lets nothing pass.
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            listen.Use(next => listen.ApplicationServices.GetRequiredService<ConnectionBound>().Around(next));
            listen.Use(next => s_placed.TryGetValue(listen, out _) ? next : Filter(listen, next));
        });
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            kestrel.ConfigurationLoader?.Endpoint(endpoint.Key, PlaceBehindTls);
        }
    }

    /// <summary>For a listener set up in code: call it after <c>UseHttps</c>.</summary>
    public static ListenOptions UseFrontFilter(this ListenOptions listen)
    {
        s_placed.AddOrUpdate(listen, listen);
        listen.Use(next => Filter(listen, next));
        return listen;
    }

    private static void RefuseTlsWithoutEndpoint(IConfiguration configuration)
    {
        var urls = configuration[WebHostDefaults.ServerUrlsKey] ?? "";
        if (
            urls.Contains("https:", StringComparison.OrdinalIgnoreCase)
            || !string.IsNullOrEmpty(configuration[WebHostDefaults.HttpsPortsKey])
        )
        {
            throw new OptionsValidationException(
                "Urls",
                typeof(KestrelServerOptions),
                ["Urls: an https address with its certificate belongs into Kestrel:Endpoints."]
            );
        }
    }

    private static void PlaceBehindTls(Microsoft.AspNetCore.Server.Kestrel.EndpointConfiguration endpoint)
    {
        if (endpoint.IsHttps)
        {
            endpoint.ListenOptions.UseHttpsWithoutDownloads(endpoint.HttpsOptions);
        }

        endpoint.ListenOptions.UseFrontFilter();
    }

    private static ConnectionDelegate Filter(ListenOptions listen, ConnectionDelegate next)
    {
        var limits = FrontLimits.From(
            listen.ApplicationServices.GetRequiredService<IOptions<GatewayHttpOptions>>().Value
        );
        var metrics = listen.ApplicationServices.GetRequiredService<FrontMetrics>();
        var time = listen.ApplicationServices.GetRequiredService<TimeProvider>();
        var logger = listen
            .ApplicationServices.GetRequiredService<ILoggerFactory>()
            .CreateLogger(typeof(FrontFilter).FullName!);
        return async connection =>
        {
            if (ListenerTls.IsUnruled(connection))
            {
                await next(connection); // and the front door answers nothing
                return;
            }

            var transport = connection.Transport;
            var said = new FrontConnection(metrics);
            using var owed = new AnswersOwed(time, () => Cut(connection, logger));
            connection.Features.Set(said);
            connection.Features.Set(owed);
            connection.Transport = new Filtered(
                new FrontFilterReader(transport.Input, said, limits, new FrameScan(time, owed)),
                new FrontFilterWriter(transport.Output, said, owed)
            );
            try
            {
                await next(connection);
            }
            finally
            {
                connection.Transport = transport;
            }
        };
    }

    private static void Cut(ConnectionContext connection, ILogger logger)
    {
        Log.ReaderCut(logger);
        connection.Abort();
    }

    private sealed record Filtered(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private static partial class Log
    {
        [LoggerMessage(1032, LogLevel.Information, "A connection was cut: an answer was not taken fast enough.")]
        public static partial void ReaderCut(ILogger logger);
    }
}
