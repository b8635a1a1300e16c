using System.Diagnostics;

namespace Integration.Gateway.Platform.Telemetry;

/// <summary>W3C <c>traceparent</c> and <c>tracestate</c> in and out; <c>baggage</c> neither in nor out.</summary>
internal sealed class TraceContextOnly : DistributedContextPropagator
{
    private readonly DistributedContextPropagator _w3c = CreateW3CPropagator();

    public override IReadOnlyCollection<string> Fields { get; } = ["traceparent", "tracestate"];

    public override void ExtractTraceIdAndState(
        object? carrier,
        PropagatorGetterCallback? getter,
        out string? traceId,
        out string? traceState
    ) => _w3c.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(
        object? carrier,
        PropagatorGetterCallback? getter
    ) => null;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (activity?.Id is { } id)
        {
            setter?.Invoke(carrier, "traceparent", id);
        }
    }
}
