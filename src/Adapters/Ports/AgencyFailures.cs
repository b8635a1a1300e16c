using System.Net;
using Integration.Contracts.Client;

namespace Integration.Adapters.Ports;

/// <summary>What happened on the wire, as a failure with a stage and a side: the same for questions and forwarded requests.</summary>
public static class AgencyFailures
{
    /// <summary>The longest pause that an agency is granted by <c>Retry-After</c>: 1 h. Anything longer, ten years included, means this.</summary>
    public static TimeSpan LongestPause { get; } = TimeSpan.FromHours(1);

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

    /// <summary>
    /// What is wrong with the head of an answer, before its body is read: a success that is no whole answer, or a coded body. The same for
    /// questions and forwarded requests.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="isRead">Whether it answers a question; false: what was sent has an effect.</param>
    /// <returns>Null: nothing.</returns>
    public static AgencyFailure? FromHead(HttpResponseMessage answer, bool isRead) =>
        IsPartial(answer.StatusCode, isRead) ? FromStatus(answer.StatusCode)
        : IsCoded(answer.Content) ? ContentEncoding
        : null;

    /// <summary>
    /// How long the agency wants to be left alone (<c>Retry-After</c>, RFC 9110, section 10.2.3), where it turned us away: 408, 429 and 5xx.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="now">The moment from which a date counts.</param>
    /// <returns>
    /// Never above <see cref="LongestPause"/>; zero for a date that is over and for a negative number; null when nothing that can be read was
    /// said, or the answer is another.
    /// </returns>
    public static TimeSpan? PauseAfter(HttpResponseMessage answer, DateTimeOffset now) =>
        (int)answer.StatusCode is 408 or 429 or >= 500 ? RetryAfterHeader.Read(answer, now, LongestPause) : null;

    /// <summary>
    /// A success that says nothing which can be taken for the answer: from a copy (203), nothing (204, 205), a part (206), several answers
    /// (207), a difference (226). A question is answered by 200 only; what has an effect may also have made something (201) or have been
    /// taken for later (202).
    /// </summary>
    private static bool IsPartial(HttpStatusCode status, bool isRead) =>
        (int)status is >= 200 and < 300
        && status != HttpStatusCode.OK
        && (isRead || status is not (HttpStatusCode.Created or HttpStatusCode.Accepted));

    /// <summary>
    /// Whether the body is coded. <c>identity</c> says that it is not (RFC 9110, section 8.4.1), and so does the name of a charset, which
    /// some agencies write here by mistake: only what a text in UTF-8 can be. What such an answer really holds is read strictly, so that a
    /// compressed body under a wrong name is not taken for text.
    /// </summary>
    private static bool IsCoded(HttpContent content) =>
        content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
        && values
            .SelectMany(value => value.Split(','))
            .Any(coding =>
                coding.Trim().Trim('"').ToUpperInvariant() is not ("" or "IDENTITY" or "UTF-8" or "UTF8" or "US-ASCII")
            );

    /// <summary>An answer that is not what was agreed.</summary>
    /// <param name="code">What is wrong with it; one of few.</param>
    public static AgencyFailure Unreadable(string code) => new(FailureStage.Parse, FailureSide.Agency, code);

    /// <summary>A record of a well-formed answer that is not what was agreed.</summary>
    /// <param name="field">Its field, in the agency's words; never a value.</param>
    public static AgencyFailure UnreadableRecord(string field) => Unreadable($"field-{field}") with { Field = field };

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
    /// Whether it says that the agency, or the way to it, is not well, so that it may pass by itself: what circuit breaker, passive health
    /// and retry count. Not among them: answers that say something (envelope, authorisation, binding), a record that cannot be read
    /// (<see cref="AgencyFailure.Field"/>), and what never reached the agency (bulkhead, breaker, secret).
    /// </summary>
    public static bool MayPass(AgencyFailure? failure) =>
        failure
            is { Stage: FailureStage.Connect or FailureStage.Transfer or FailureStage.TimeOut }
                or { Stage: FailureStage.Parse, Field: null }
                or { Stage: FailureStage.Envelope, IsTemporary: true }
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
