namespace Integration.Adapters.Ports;

/// <summary>
/// The agencies as the sharing plane forwards to them: where they are, and how a forwarded request proves who asks. Keys
/// and tokens are the ones that the adapters' own questions use.
/// </summary>
public interface IAgencyForwarding
{
    /// <summary>Every agency in use that requests can be forwarded to, by name.</summary>
    IReadOnlyList<ForwardableAgency> Agencies { get; }

    /// <summary>
    /// How requests to one service are prepared; null when the agency or the dialect is unknown, or the dialect needs a
    /// service code and none is given. Safe to keep and to use by many requests at once.
    /// </summary>
    /// <param name="agency">The agency's name, e.g. <c>business-licence</c>.</param>
    /// <param name="dialect">One of the agency's <see cref="ForwardableAgency.Dialects"/>.</param>
    /// <param name="service">The agency's code of the service (e.g. a sid); null where the dialect has none.</param>
    IForwardedService? Open(string agency, string dialect, string? service);
}

/// <summary>One agency as the sharing plane forwards to it.</summary>
/// <param name="Name">The agency's name.</param>
/// <param name="Addresses">Where it answers, from configuration only; at least one, the preferred one first.</param>
/// <param name="Dialects">The dialects in which requests can be forwarded.</param>
/// <param name="ProbePath">
/// Path under an address, a slash in front, that is asked, unsigned, to see whether the address is alive; null: none.
/// </param>
/// <param name="AttemptTime">Longest time until the head of an answer.</param>
/// <param name="ConnectTime">Longest time to connect.</param>
/// <param name="Retries">How often an idempotent read is sent again after a transient failure.</param>
/// <param name="Parallel">Requests under way at once.</param>
public sealed record ForwardableAgency(
    string Name,
    IReadOnlyList<Uri> Addresses,
    IReadOnlyList<ForwardingDialect> Dialects,
    string? ProbePath,
    TimeSpan AttemptTime,
    TimeSpan ConnectTime,
    int Retries,
    int Parallel
);

/// <summary>A way of wrapping and signing forwarded requests.</summary>
/// <param name="Name">Its name in the service catalogue, e.g. <c>exchange-rest</c>.</param>
/// <param name="NeedsService">Whether a route has to name the agency's service code.</param>
/// <param name="Path">
/// The one path under the agency's address, a slash in front, that all requests go to; null: the route says which.
/// </param>
/// <param name="Body">What the caller's body has to be.</param>
/// <param name="Answer">What the agency's answer is.</param>
/// <param name="HasEnvelope">
/// Whether the body travels in an envelope of ours: such a request always has one, and is always sent by POST.
/// </param>
public sealed record ForwardingDialect(
    string Name,
    bool NeedsService,
    string? Path,
    WireFormat Body,
    WireFormat Answer,
    bool HasEnvelope
);

/// <summary>Formats of forwarded bodies and answers.</summary>
public enum WireFormat
{
    /// <summary>JSON in UTF-8.</summary>
    Json,

    /// <summary>An XML package: the root element and what is in it.</summary>
    Xml,

    /// <summary>A SOAP 1.1 envelope around one text that is itself an XML package; a fault is a failure.</summary>
    SoapPackage,
}

/// <summary>How requests to one service of one agency are prepared.</summary>
public interface IForwardedService
{
    /// <summary>
    /// Prepares one attempt: puts the body into the agency's envelope with what only we know (credentials, who asks), and
    /// signs. Waits for a call key where the dialect has one.
    /// </summary>
    /// <param name="request">The attempt; its content and the dialect's headers are set here.</param>
    /// <param name="question">What the caller sent; already checked against the route's request fields.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null when it may be sent; otherwise why not, e.g. the key could not be had.</returns>
    ValueTask<AgencyFailure?> SignAsync(
        HttpRequestMessage request,
        ForwardedQuestion question,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Whether a short answer says that the key this attempt was signed with is no longer accepted. The key is dropped
    /// then, and the request may be sent exactly once more: the agency did nothing.
    /// </summary>
    /// <param name="request">The attempt that was signed by <see cref="SignAsync"/>.</param>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="answer">The whole body of an answer of at most 8 KiB; empty for a longer one.</param>
    bool RefusedKey(HttpRequestMessage request, int status, ReadOnlyMemory<byte> answer);
}

/// <summary>What a caller wants to know of an agency.</summary>
/// <param name="CaseId">The caller's case number; agencies that ask for a business number get it.</param>
/// <param name="RequestId">Our number of this question, 32 lower hex digits; unique for ever.</param>
/// <param name="Body">The caller's body as sent; empty when there is none.</param>
public sealed record ForwardedQuestion(string CaseId, string RequestId, ReadOnlyMemory<byte> Body);
