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
    public static AgencyFailure? Of(Exception exception, AgencyCall call) =>
        exception switch
        {
            AgencyFaultException fault => fault.Failure,
            BrokenCircuitException => new(FailureStage.CircuitOpen, FailureSide.Agency, "circuit-open"),
            TimeoutRejectedException => OfTimeOut(call),
            ApiException api when api.InnerException is { } inner => Of(inner, call) ?? Failures.Status(api.StatusCode),
            ApiException api => Failures.Status(api.StatusCode),
            ApiExceptionBase { InnerException: { } inner } => Of(inner, call),
            HttpRequestException http => OfTransport(http),
            OperationCanceledException { InnerException: TimeoutException } => Connect("connect-time-out"),
            IOException => Transfer("broken-off"),
            JsonException => WireFailure.Json,
            XmlException => WireFailure.Xml,
            DecoderFallbackException => WireFailure.Charset,
            FormatException or OverflowException => WireFailure.Field("value"),
            _ => null,
        };

    private static AgencyFailure OfTimeOut(AgencyCall call) =>
        call switch
        {
            { Started: false } => new(FailureStage.Bulkhead, FailureSide.Gateway, "waited-too-long"),
            { AwaitsKey: true } => Failures.Secret("time-out"),
            _ => new(FailureStage.TimeOut, FailureSide.Agency, "time-out"),
        };

    private static AgencyFailure OfTransport(HttpRequestException exception) =>
        exception.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => Connect("dns"),
            HttpRequestError.ConnectionError => Connect("tcp"),
            HttpRequestError.SecureConnectionError => Connect("tls"),
            HttpRequestError.ProxyTunnelError => Connect("proxy"),
            HttpRequestError.ConfigurationLimitExceeded => WireFailure.TooLarge,
            HttpRequestError.ResponseEnded => Transfer("broken-off"),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => Transfer("protocol"),
            _ => Transfer("other"),
        };

    private static AgencyFailure Connect(string code) => new(FailureStage.Connect, FailureSide.Network, code);

    private static AgencyFailure Transfer(string code) => new(FailureStage.Transfer, FailureSide.Network, code);
}
