namespace Integration.Adapters.Ports;

/// <summary>
/// What came of asking one agency. "It answered that it has no such record" and "it did not answer" are different types:
/// no code can confuse them.
/// </summary>
/// <typeparam name="TFacts">The facts the agency holds.</typeparam>
public abstract record AgencyAnswer<TFacts>
{
    private AgencyAnswer(CallTrace trace) => Trace = trace;

    /// <summary>The call behind the answer.</summary>
    public CallTrace Trace { get; }

    /// <summary>The agency knows the record; the answer was bound to the question that was asked.</summary>
    public sealed record Found(CallTrace Trace, TFacts Facts) : AgencyAnswer<TFacts>(Trace);

    /// <summary>The agency knows several records that fit.</summary>
    public sealed record Several(CallTrace Trace, int Count) : AgencyAnswer<TFacts>(Trace);

    /// <summary>The agency answered that it has no such record.</summary>
    public sealed record Unknown(CallTrace Trace) : AgencyAnswer<TFacts>(Trace);

    /// <summary>The agency answered that we may not have this data.</summary>
    public sealed record Refused(CallTrace Trace, AgencyFailure Failure) : AgencyAnswer<TFacts>(Trace);

    /// <summary>There is no usable answer.</summary>
    public sealed record Unanswered(CallTrace Trace, AgencyFailure Failure) : AgencyAnswer<TFacts>(Trace);
}

/// <summary>One question to one agency, as evidence and traces need it. Holds no personal data.</summary>
/// <param name="Agency">The agency's name, e.g. <c>population-registry</c>.</param>
/// <param name="Operation">The operation, e.g. <c>GK_GXFW_SFHC</c>.</param>
/// <param name="RequestId">The number under which the agency can find the call.</param>
/// <param name="AskedAt">When the first attempt started.</param>
/// <param name="AnsweredAt">When the answer, or the lack of one, was known.</param>
/// <param name="Attempts">How many times it was sent; 0 when it never left.</param>
/// <param name="RequestDigest">SHA-256 of the request body as sent, lower hex; null when it never left.</param>
/// <param name="AnswerDigest">SHA-256 of the answer body as received, lower hex; null when there was none.</param>
public sealed record CallTrace(
    string Agency,
    string Operation,
    string RequestId,
    DateTimeOffset AskedAt,
    DateTimeOffset AnsweredAt,
    int Attempts,
    string? RequestDigest,
    string? AnswerDigest
);

/// <summary>Why there is no usable answer: at which stage, on whose side.</summary>
/// <param name="Stage">Where the call ended.</param>
/// <param name="Side">Who has to do something about it.</param>
/// <param name="Code">A stable code for people and metrics, e.g. <c>http-502</c>, <c>E-106</c>; bounded in number.</param>
public sealed record AgencyFailure(FailureStage Stage, FailureSide Side, string Code)
{
    /// <summary>
    /// The field of the one record that cannot be read; null (the default) when the fault is not one of a record. The agency's name of the
    /// field, never its value. Such a failure says nothing about the agency: it opens no circuit breaker and is not retried at once.
    /// </summary>
    public string? Field { get; init; }

    /// <summary>
    /// Whether the agency's envelope says that it is not well and may be a little later (stage <see cref="FailureStage.Envelope"/>): counts as
    /// a time-out does. False by default.
    /// </summary>
    public bool IsTemporary { get; init; }
}

/// <summary>The stages of an agency call, in order.</summary>
public enum FailureStage
{
    /// <summary>The question lacks what this source needs (e.g. the holder's code): never sent.</summary>
    Question,

    /// <summary>Operators have taken the agency out of service: never sent.</summary>
    Maintenance,

    /// <summary>No place in the agency's bulkhead, or its rate or day's number is used up: never sent.</summary>
    Bulkhead,

    /// <summary>The circuit breaker is open: never sent.</summary>
    CircuitOpen,

    /// <summary>The call key or token could not be had.</summary>
    Secret,

    /// <summary>No connection (DNS, TCP, TLS).</summary>
    Connect,

    /// <summary>The connection broke before an answer was complete.</summary>
    Transfer,

    /// <summary>No answer within the attempt's or the caller's time.</summary>
    TimeOut,

    /// <summary>An HTTP status that is not a success.</summary>
    Status,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>The answer cannot be read: not the format, charset or structure agreed.</summary>
    Parse,

    /// <summary>The agency's envelope says that the call failed.</summary>
    Envelope,

    /// <summary>The agency says that we are not authorised.</summary>
    Authorisation,

    /// <summary>The answer is about another question than the one asked.</summary>
    Binding,
}

/// <summary>Who has to do something about a failure.</summary>
public enum FailureSide
{
    /// <summary>We.</summary>
    Gateway,

    /// <summary>The network in between.</summary>
    Network,

    /// <summary>The agency.</summary>
    Agency,
}
