using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Integration.Gateway.Platform.Telemetry;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Integration.Gateway.Tests.Telemetry;

/// <summary>What a collector receives, and what operators hear of one that takes nothing.</summary>
public class TelemetryExportTests
{
    private static readonly string[] s_overHttp = ["/v1/logs", "/v1/metrics", "/v1/traces"];

    private static readonly string[] s_overGrpc =
    [
        "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
        "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
    ];

    [Theory]
    [InlineData("HttpProtobuf", "", "")]
    [InlineData("HttpProtobuf", "/", "")]
    [InlineData("HttpProtobuf", "/otlp", "/otlp")]
    [InlineData("HttpProtobuf", "/otlp/", "/otlp")]
    [InlineData("Grpc", "", "")]
    public async Task Each_signal_comes_to_its_own_path(string protocol, string path, string prefix)
    {
        await using var collector = await Collector.StartAsync(protocol);
        await using var host = await SendingAsync(new Uri($"{collector.Address}{path}"), protocol);

        await FlushAsync(host);

        var expected = protocol == "Grpc" ? s_overGrpc : s_overHttp.Select(signal => prefix + signal);
        Assert.Equal(expected, collector.Paths.Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(host.Get<TelemetryExports>().Failing);
    }

    [Theory]
    [InlineData("HttpProtobuf", 404, 0, "HTTP 404")]
    [InlineData("HttpProtobuf", 503, 0, "HTTP 503")]
    [InlineData("Grpc", 200, 16, "gRPC 16")]
    public async Task What_the_collector_does_not_take_is_counted_and_degrades_until_it_does(
        string protocol,
        int status,
        int grpc,
        string fault
    )
    {
        await using var collector = await Collector.StartAsync(protocol);
        (collector.Status, collector.Grpc) = (status, grpc);
        await using var host = await SendingAsync(new Uri(collector.Address), protocol);
        var counted = new ConcurrentBag<string>();
        using var listener = Listen(counted);

        await FlushAsync(host);

        string[] signals = ["logs", "metrics", "traces"];
        Assert.Equal(signals.Select(signal => $"{signal}: {fault}"), host.Get<TelemetryExports>().Failing);
        Assert.Equal(signals, counted.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(HealthStatus.Degraded, await LookAsync(host));

        (collector.Status, collector.Grpc) = (200, 0);
        await FlushAsync(host);
        Assert.Equal(HealthStatus.Healthy, await LookAsync(host));
    }

    [Theory]
    [InlineData("HttpProtobuf")]
    [InlineData("Grpc")]
    public async Task A_collector_that_is_not_there_is_said(string protocol)
    {
        var gone = await Collector.StartAsync(protocol);
        var address = new Uri(gone.Address);
        await gone.DisposeAsync();
        await using var host = await SendingAsync(address, protocol);

        await FlushAsync(host);

        Assert.Contains("traces: not reached", host.Get<TelemetryExports>().Failing);
        Assert.Equal(HealthStatus.Degraded, await LookAsync(host));
    }

    private static Task<ServiceHost> SendingAsync(Uri collector, string protocol) =>
        ServiceHost.StartHttpAsync(
            app => app.MapGet("/things", () => 1),
            null,
            ("Gateway:Telemetry:OtlpEndpoint", collector.ToString()),
            ("Gateway:Telemetry:OtlpProtocol", protocol)
        );

    private static async Task FlushAsync(ServiceHost host)
    {
        await host.Client.GetStringAsync("/things", TestContext.Current.CancellationToken);
        // The span of a request ends after its answer was read: this one has surely ended before the flush.
        using (var source = new ActivitySource(TimerRunner.TelemetryName))
        {
            source.StartActivity("test")?.Dispose();
        }

        host.Get<ILoggerFactory>()
            .CreateLogger("Integration.Test")
            .Log(LogLevel.Warning, default, "A line.", null, (line, _) => line);
        await Task.Run(() =>
        {
            host.Get<TracerProvider>().ForceFlush(10_000);
            host.Get<MeterProvider>().ForceFlush(10_000);
            host.Get<LoggerProvider>().ForceFlush(10_000);
        });
    }

    private static async Task<HealthStatus> LookAsync(ServiceHost host) =>
        (await new TelemetryCheck(host.Get<TelemetryExports>()).CheckHealthAsync(new HealthCheckContext())).Status;

    private static MeterListener Listen(ConcurrentBag<string> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "integration.telemetry.exports.failed")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, _, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    if (tag.Key == "signal")
                    {
                        counted.Add((string)tag.Value!);
                    }
                }
            }
        );
        listener.Start();
        return listener;
    }

    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        public ConcurrentQueue<string> Paths { get; } = new();

        public int Status { get; set; } = 200;

        public int Grpc { get; set; }

        public string Address => app.Urls.First();

        public static async Task<Collector> StartAsync(string protocol)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(server =>
                server.Listen(
                    System.Net.IPAddress.Loopback,
                    0,
                    listen => listen.Protocols = protocol == "Grpc" ? HttpProtocols.Http2 : HttpProtocols.Http1
                )
            );
            var app = builder.Build();
            var collector = new Collector(app);
            app.Run(context => collector.TakeAsync(context, protocol == "Grpc"));
            await app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task TakeAsync(HttpContext context, bool isGrpc)
        {
            var length = 0L;
            var buffer = new byte[4096];
            for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0; )
            {
                length += read;
            }

            if (context.Request.Method == "POST" && length > 0)
            {
                Paths.Enqueue(context.Request.Path);
            }

            context.Response.StatusCode = Status;
            context.Response.ContentType = isGrpc ? "application/grpc" : "application/x-protobuf";
            if (isGrpc)
            {
                await context.Response.Body.WriteAsync(new byte[5]);
                context.Response.AppendTrailer("grpc-status", $"{Grpc}");
            }
        }
    }
}
