using Integration.Gateway.Platform.Http.Front;
using Integration.Gateway.Platform.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Http;

/// <summary>The listeners and their limits.</summary>
internal static class HttpSetup
{
    public static void AddHttpLimits(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddStrictOptions<GatewayHttpOptions>(GatewayHttpOptions.Section);
        services
            .AddOptions<KestrelServerOptions>()
            .Configure<IOptions<GatewayHttpOptions>>(Limit)
            .Configure<IConfiguration>((kestrel, configuration) => kestrel.UseFrontFilter(configuration));
        services.AddListenerTls();
        services.AddSingleton<IValidateOptions<GatewayHttpOptions>, ServedHostsValidator>();
        services.AddHostedService<ServedHostsGuard>();
        services.AddSingleton<FrontMetrics>();
        services.AddSingleton<ConnectionBound>();
        services.AddSingleton<IValidateOptions<GatewayHttpOptions>, ProxyAddressesValidator>();
        services
            .AddOptions<HostOptions>()
            .Configure<IOptions<GatewayHttpOptions>>(
                (host, http) =>
                    host.ShutdownTimeout = TimeSpan.FromSeconds(http.Value.DrainSeconds + http.Value.ShutdownSeconds)
            );
        services.AddHostedService<Drain>();
    }

    /// <summary>Stands before everything that looks at a request.</summary>
    public static void UseFrontDoor(this WebApplication app)
    {
        app.UseMiddleware<ReaderPace>();
        app.UseMiddleware<FrontDoor>();
    }

    private static void Limit(KestrelServerOptions kestrel, IOptions<GatewayHttpOptions> options)
    {
        var http = options.Value;
        var rate = new MinDataRate(http.MinBytesPerSecond, ReaderPace.Grace);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = http.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = http.MaxHeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = http.MaxHeaders;
        kestrel.Limits.MaxRequestLineSize = http.MaxRequestLineBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(http.HeaderSeconds);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(http.KeepAliveSeconds);
        kestrel.Limits.MinRequestBodyDataRate = rate;
        kestrel.Limits.MinResponseDataRate = rate;
        kestrel.Limits.MaxResponseBufferSize = ReaderPace.LargestBuffer;
        kestrel.Limits.MaxConcurrentConnections = http.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
        kestrel.Limits.Http2.MaxStreamsPerConnection = http.MaxStreams;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = http.MaxHeaderBytes;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    }
}
