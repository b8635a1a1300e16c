using System.ComponentModel.DataAnnotations;

namespace Integration.Gateway.Platform.Telemetry;

/// <summary>Where telemetry goes. Section <c>Gateway:Telemetry</c>.</summary>
internal sealed record TelemetryOptions
{
    public const string Section = "Gateway:Telemetry";

    /// <summary>OTLP collector, e.g. <c>http://127.0.0.1:4317</c>; without it nothing leaves the process. Default none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>
    /// Share of requests whose spans are recorded, 0 to 1. Default 1 with an <see cref="OtlpEndpoint"/>; 0 without one: no collector would
    /// receive them. Trace ids are in problems, logs and evidence either way.
    /// </summary>
    [Range(0d, 1d)]
    public double? TraceShare { get; init; }

    /// <summary><c>Grpc</c> (default) or <c>HttpProtobuf</c>.</summary>
    public OpenTelemetry.Exporter.OtlpExportProtocol OtlpProtocol { get; init; }

    /// <summary>Name of this node in traces; default the machine's name.</summary>
    public string? Node { get; init; }

    /// <summary>
    /// The only port on which <c>/metrics</c> answers; the port itself is opened with <c>Urls</c> or <c>Kestrel:Endpoints</c>.
    /// Default: every port.
    /// </summary>
    [Range(1, 65535)]
    public int? MetricsPort { get; init; }

    /// <summary>Different label sets of one metric; further ones are counted together. Default 500.</summary>
    [Range(10, 10_000)]
    public int MaxSeries { get; init; } = 500;
}
