using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Telemetry;

/// <summary>
/// How the exports over OTLP end. The exporter itself keeps silent about a collector that is not there: each attempt that fails is
/// counted in <c>integration.telemetry.exports.failed</c>, and readiness is degraded until an export of the same signal succeeds.
/// </summary>
internal sealed class TelemetryExports
{
    public const string TelemetryName = "Integration.Telemetry";

    private static readonly Meter s_meter = new(TelemetryName);
    private static readonly Counter<long> s_failed = s_meter.CreateCounter<long>(
        "integration.telemetry.exports.failed",
        "{attempt}",
        "Attempts to send telemetry that the collector did not take."
    );

    private readonly ConcurrentDictionary<string, string> _failing = new(StringComparer.Ordinal);

    /// <summary>Signals whose latest attempt failed, each with the reason, e.g. <c>traces: HTTP 503</c>; in order.</summary>
    public IReadOnlyList<string> Failing =>
        [.. _failing.Select(signal => $"{signal.Key}: {signal.Value}").Order(StringComparer.Ordinal)];

    /// <summary>Keeps how an attempt ended.</summary>
    /// <param name="signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
    /// <param name="fault">One of a few words; null: the collector took it.</param>
    public void Record(string signal, string? fault)
    {
        if (fault is null)
        {
            _failing.TryRemove(signal, out _);
            return;
        }

        _failing[signal] = fault;
        s_failed.Add(1, new("signal", signal), new("reason", fault));
    }
}

/// <summary>Looks at each answer of the collector on its way to the exporter.</summary>
internal sealed class ExportObserver(TelemetryExports exports, string signal, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    private const string GrpcStatus = "grpc-status";

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = base.Send(request, cancellationToken);
            exports.Record(signal, FaultOf(answer));
            return answer;
        }
        catch (Exception reason)
        {
            exports.Record(signal, FaultOf(reason));
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);
            await answer.Content.LoadIntoBufferAsync(cancellationToken); // gRPC says at the end of the body how it went
            exports.Record(signal, FaultOf(answer));
            return answer;
        }
        catch (Exception reason)
        {
            exports.Record(signal, FaultOf(reason));
            throw;
        }
    }

    private static string? FaultOf(HttpResponseMessage answer)
    {
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
        {
            return string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)answer.StatusCode}");
        }

        return
            (
                answer.TrailingHeaders.TryGetValues(GrpcStatus, out var status)
                || answer.Headers.TryGetValues(GrpcStatus, out status)
            )
            && int.TryParse(status.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code != 0
            ? string.Create(CultureInfo.InvariantCulture, $"gRPC {code}")
            : null;
    }

    private static string FaultOf(Exception reason) =>
        reason is OperationCanceledException ? "no answer in time" : "not reached";
}

/// <summary>Degraded while the collector does not take what is sent: work goes on, and its traces are lost.</summary>
internal sealed class TelemetryCheck(TelemetryExports exports) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            exports.Failing is { Count: > 0 } failing
                ? HealthCheckResult.Degraded(
                    $"The collector does not take telemetry ({string.Join("; ", failing)}): look at it, and at "
                        + $"{TelemetryOptions.Section}:{nameof(TelemetryOptions.OtlpEndpoint)} and {nameof(TelemetryOptions.OtlpProtocol)}."
                )
                : HealthCheckResult.Healthy()
        );
}
