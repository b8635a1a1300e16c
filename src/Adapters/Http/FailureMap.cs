using System.Text;
using System.Text.Json;
using System.Xml;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Refit;

namespace Integration.Adapters.Http;

/// <summary>The one place where what was thrown becomes a failure with a stage and a side.</summary>
internal static class FailureMap
{
    /// <summary>Null for what is a bug of ours: it is thrown on.</summary>
    public static AgencyFailure? From(Exception exception, AgencyCall call) =>
        exception switch
        {
            AgencyFaultException fault => fault.Failure,
            BrokenCircuitException => new(FailureStage.CircuitOpen, FailureSide.Agency, "circuit-open"),
            TimeoutRejectedException => FromTimeOut(call),
            ApiException api when api.InnerException is { } inner => From(inner, call)
                ?? AgencyFailures.FromStatus(api.StatusCode),
            ApiException api => AgencyFailures.FromStatus(api.StatusCode),
            ApiExceptionBase { InnerException: { } inner } => From(inner, call),
            _ when AgencyFailures.FromTransport(exception) is { } transport => transport,
            JsonException => WireFailure.Json,
            XmlException => WireFailure.Xml,
            DecoderFallbackException => WireFailure.Charset,
            FormatException or OverflowException => WireFailure.Field("value"),
            _ => null,
        };

    private static AgencyFailure FromTimeOut(AgencyCall call) =>
        call switch
        {
            { Started: false } => new(FailureStage.Bulkhead, FailureSide.Gateway, "waited-too-long"),
            { AwaitsKey: true } => CallFailure.Secret("time-out"),
            _ => AgencyFailures.TimeOut,
        };
}
