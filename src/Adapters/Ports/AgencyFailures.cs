using System.Net;

namespace Integration.Adapters.Ports;

/// <summary>What happened on the wire, as a failure with a stage and a side: the same for questions and forwarded requests.</summary>
public static class AgencyFailures
{
    /// <summary>No answer within the time.</summary>
    public static AgencyFailure TimeOut { get; } = new(FailureStage.TimeOut, FailureSide.Agency, "time-out");

    /// <summary>The agency refused the key, and the renewed one too.</summary>
    public static AgencyFailure KeyRefused { get; } = new(FailureStage.Secret, FailureSide.Gateway, "key-refused");

    /// <summary>All addresses of the agency failed too often and are left alone for a while.</summary>
    public static AgencyFailure NoAddress { get; } = new(FailureStage.CircuitOpen, FailureSide.Agency, "no-address");

    /// <summary>More bytes than allowed.</summary>
    public static AgencyFailure TooLarge { get; } = new(FailureStage.TooLarge, FailureSide.Agency, "too-large");

    /// <summary>A content coding that we did not ask for: answers are never inflated.</summary>
    public static AgencyFailure ContentEncoding { get; } = Unreadable("content-encoding");

    /// <summary>An answer that is not what was agreed.</summary>
    /// <param name="code">What is wrong with it; one of few.</param>
    public static AgencyFailure Unreadable(string code) => new(FailureStage.Parse, FailureSide.Agency, code);

    /// <summary>An HTTP status that is not a success; 401 and 403 say what they mean in every dialect.</summary>
    public static AgencyFailure FromStatus(HttpStatusCode status) =>
        new(StageOf(status), SideOf(status), $"http-{(int)status}");

    /// <summary>What broke between us and the agency; null for an exception that says nothing about that.</summary>
    public static AgencyFailure? FromTransport(Exception exception) =>
        exception switch
        {
            HttpRequestException http => FromRequest(http),
            OperationCanceledException { InnerException: TimeoutException } => Connect("connect-time-out"),
            IOException => Transfer("broken-off"),
            _ => null,
        };

    /// <summary>
    /// Whether it may pass by itself. Not among them: answers that say something (envelope, authorisation, binding), and what
    /// never reached the agency (bulkhead, breaker, secret).
    /// </summary>
    public static bool MayPass(AgencyFailure? failure) =>
        failure
            is { Stage: FailureStage.Connect or FailureStage.Transfer or FailureStage.TimeOut or FailureStage.Parse }
                or { Stage: FailureStage.Status, Code: "http-408" or "http-429" }
                or { Stage: FailureStage.Status, Side: FailureSide.Agency };

    private static FailureStage StageOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized => FailureStage.Secret,
            HttpStatusCode.Forbidden => FailureStage.Authorisation,
            _ => FailureStage.Status,
        };

    private static FailureSide SideOf(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 ? FailureSide.Gateway : FailureSide.Agency;

    private static AgencyFailure FromRequest(HttpRequestException exception) =>
        exception.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => Connect("dns"),
            HttpRequestError.ConnectionError => Connect("tcp"),
            HttpRequestError.SecureConnectionError => Connect("tls"),
            HttpRequestError.ProxyTunnelError => Connect("proxy"),
            HttpRequestError.ConfigurationLimitExceeded => TooLarge,
            HttpRequestError.ResponseEnded => Transfer("broken-off"),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => Transfer("protocol"),
            _ => Transfer("other"),
        };

    private static AgencyFailure Connect(string code) => new(FailureStage.Connect, FailureSide.Network, code);

    private static AgencyFailure Transfer(string code) => new(FailureStage.Transfer, FailureSide.Network, code);
}
