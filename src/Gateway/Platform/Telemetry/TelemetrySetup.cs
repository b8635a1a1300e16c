using System.Diagnostics;
using System.Diagnostics.Metrics;
using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Settings;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Integration.Gateway.Platform.Telemetry;

/// <summary>Traces, metrics and logs: one trace per request, a bounded number of series, nothing personal anywhere.</summary>
internal static class TelemetrySetup
{
    /// <summary>Sources and meters of our own: Gateway, Adapters and what follows.</summary>
    private const string Ours = "Integration.*";

    /// <summary>
    /// Below warning these quote addresses, parameters or bodies. In code, because a missing settings file must not open
    /// them.
    /// </summary>
    private static readonly string[] s_talkative =
    [
        "Microsoft.AspNetCore",
        "Microsoft.EntityFrameworkCore",
        "Microsoft.Extensions.Http",
        "System.Net.Http",
        "Npgsql",
        "OpenIddict",
        "Polly",
        "Yarp",
    ];

    private const string ServiceName = "integration-gateway";
    private static readonly string? s_version = typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3);

    private const string KestrelMeter = "Microsoft.AspNetCore.Server.Kestrel";

    private static readonly string[] s_kestrelTags =
    [
        "error.type",
        "network.protocol.name",
        "network.protocol.version",
        "network.transport",
        "tls.protocol.version",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddStrictOptions<TelemetryOptions>(TelemetryOptions.Section);
        var options = builder.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new();

        var exports = new TelemetryExports();
        builder.Services.AddSingleton(exports);
        TakeTraceContextOnly(builder.Services);
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, options))
            .WithTracing(tracing => Trace(tracing, options, exports))
            .WithMetrics(metrics => Measure(metrics, options, exports));
        WriteLogs(builder.Logging, options, exports);
    }

    /// <summary>Needs no token: a scraper has none, and there is nothing personal to see.</summary>
    public static void UseMetricsPage(this WebApplication app)
    {
        var port = app.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>()?.MetricsPort;
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context =>
            context.Request.Path == "/metrics" && (port is null || context.Connection.LocalPort == port)
        );
    }

    /// <summary>A caller's traceparent joins our trace to theirs; its baggage could say anything and is never taken.</summary>
    private static void TakeTraceContextOnly(IServiceCollection services)
    {
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        DistributedContextPropagator.Current = new TraceContextOnly();
        services.AddSingleton(DistributedContextPropagator.Current);
    }

    private static void Describe(ResourceBuilder resource, TelemetryOptions options) =>
        resource.AddService(
            ServiceName,
            serviceVersion: s_version,
            serviceInstanceId: options.Node ?? Environment.MachineName
        );

    private static void Trace(TracerProviderBuilder tracing, TelemetryOptions options, TelemetryExports exports)
    {
        tracing
            .SetSampler(SamplerOf(options))
            .AddAspNetCoreInstrumentation(asp => asp.Filter = IsWorthATrace)
            .AddSource(Ours, "Npgsql")
            .AddProcessor(new SpanTags());
        if (options.OtlpEndpoint is not null)
        {
            tracing.AddOtlpExporter(otlp => SendTo(otlp, options, "traces", exports));
        }
    }

    private static Sampler SamplerOf(TelemetryOptions options) =>
        (options.TraceShare ?? (options.OtlpEndpoint is null ? 0 : 1)) switch
        {
            0 => new AlwaysOffSampler(),
            1 => new AlwaysOnSampler(),
            var share => new TraceIdRatioBasedSampler(share),
        };

    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/metrics", StringComparison.Ordinal);

    /// <summary>The page for scrapers is open, so that it names the node only where operators gave it a name.</summary>
    private static void Measure(MeterProviderBuilder metrics, TelemetryOptions options, TelemetryExports exports)
    {
        metrics
            .SetResourceBuilder(
                ResourceBuilder
                    .CreateDefault()
                    .AddService(
                        ServiceName,
                        serviceVersion: s_version,
                        serviceInstanceId: options.Node,
                        autoGenerateServiceInstanceId: options.Node is null
                    )
            )
            .AddMeter(Ours, "Polly", "Microsoft.AspNetCore.Hosting", KestrelMeter)
            .AddRuntimeInstrumentation()
            .AddView(instrument => ViewOf(instrument, options))
            .AddPrometheusExporter();
        if (options.OtlpEndpoint is not null)
        {
            metrics.AddOtlpExporter(otlp => SendTo(otlp, options, "metrics", exports));
        }
    }

    /// <summary>Of the listeners it is shown how they do, and not where they are: the page is open.</summary>
    private static MetricStreamConfiguration ViewOf(Instrument instrument, TelemetryOptions options) =>
        instrument.Meter.Name == KestrelMeter
            ? new MetricStreamConfiguration { CardinalityLimit = options.MaxSeries, TagKeys = s_kestrelTags }
            : new MetricStreamConfiguration { CardinalityLimit = options.MaxSeries };

    private static void WriteLogs(ILoggingBuilder logging, TelemetryOptions options, TelemetryExports exports)
    {
        logging.ClearProviders();
        GuardedLoggers.Add(logging.Services);
        foreach (var category in s_talkative)
        {
            logging.AddFilter(category, LogLevel.Warning);
        }

        logging.AddConsole(console =>
        {
            console.FormatterName = JsonLines.FormatterName;
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite; // the reader of the log may stand still; the work goes on
        });
        logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        if (options.OtlpEndpoint is not null)
        {
            logging.AddOpenTelemetry(otel =>
            {
                otel.IncludeFormattedMessage = true;
                otel.AddProcessor(new LogWithoutExceptionText());
                otel.AddOtlpExporter(otlp => SendTo(otlp, options, "logs", exports));
            });
        }
    }

    private static void SendTo(
        OtlpExporterOptions otlp,
        TelemetryOptions options,
        string signal,
        TelemetryExports exports
    )
    {
        otlp.Endpoint = AddressOf(options, signal);
        otlp.Protocol = options.OtlpProtocol;
        otlp.HttpClientFactory = () =>
        {
            var handler = OutgoingConnections.Create(TimeSpan.FromMilliseconds(otlp.TimeoutMilliseconds));
            handler.UseProxy = true; // a collector, unlike an agency, may stand behind the machine's proxy
            return new HttpClient(new ExportObserver(exports, signal, handler))
            {
                Timeout = TimeSpan.FromMilliseconds(otlp.TimeoutMilliseconds),
            };
        };
    }

    /// <summary>
    /// Over HTTP each signal has a path of its own below the collector's address (OTLP 1.x, "OTLP/HTTP request"); the exporter appends it only to
    /// an address that it read from the environment.
    /// </summary>
    private static Uri AddressOf(TelemetryOptions options, string signal)
    {
        var collector = options.OtlpEndpoint!;
        return options.OtlpProtocol == OtlpExportProtocol.HttpProtobuf
            ? new UriBuilder(collector) { Path = $"{collector.AbsolutePath.TrimEnd('/')}/v1/{signal}" }.Uri
            : collector;
    }
}
