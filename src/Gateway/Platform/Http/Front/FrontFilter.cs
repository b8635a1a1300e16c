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
internal static class FrontFilter
{
    private static readonly ConditionalWeakTable<ListenOptions, object> s_placed = [];

    /// <summary>Every listener gets the filter; those of <c>Kestrel:Endpoints</c> with a certificate get it behind TLS.</summary>
    /// <exception cref="OptionsValidationException">
    /// An https address in <c>Urls</c>: Kestrel puts TLS behind everything there, so the filter would read cipher text.
    /// </exception>
    public static void UseFrontFilter(this KestrelServerOptions kestrel, IConfiguration configuration)
    {
        RefuseTlsWithoutEndpoint(configuration);

        // Runs before a listener's own set-up, hence in front of TLS if there is any; then it yields to the one placed
        // by hand, and without one it meets TLS where it expects HTTP and lets nothing pass.
        kestrel.ConfigureEndpointDefaults(listen =>
            listen.Use(next => s_placed.TryGetValue(listen, out _) ? next : Filter(listen, next))
        );
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
            endpoint.ListenOptions.UseHttps(endpoint.HttpsOptions);
        }

        endpoint.ListenOptions.UseFrontFilter();
    }

    private static ConnectionDelegate Filter(ListenOptions listen, ConnectionDelegate next)
    {
        var limits = FrontLimits.Of(
            listen.ApplicationServices.GetRequiredService<IOptions<GatewayHttpOptions>>().Value
        );
        var metrics = listen.ApplicationServices.GetRequiredService<FrontMetrics>();
        return async connection =>
        {
            var transport = connection.Transport;
            var said = new FrontConnection(metrics);
            connection.Features.Set(said);
            connection.Transport = new Filtered(new FrontFilterReader(transport.Input, said, limits), transport.Output);
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

    private sealed record Filtered(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
