using System.Net;
using Integration.Adapters.Ports;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform;
using Integration.Gateway.Sharing.Answering;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>One forwarded request on its way: what was asked and allowed, and what came of each attempt.</summary>
internal sealed class ShareCall
{
    private static readonly TimeSpan s_leastTime = TimeSpan.FromMilliseconds(1);

    private static readonly UriCreationOptions s_asWritten = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    public ShareCall(
        SharedOperation operation,
        string catalogueVersion,
        ShareQuestion question,
        GrantedRequest granted,
        FieldTree fields,
        TimeProvider time
    )
    {
        (Operation, CatalogueVersion, Question, Granted, Fields) = (
            operation,
            catalogueVersion,
            question,
            granted,
            fields
        );
        EvidenceId = Identifiers.New("evd", time);
        RequestId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        AskedAt = time.GetUtcNow();
        Deadline = AskedAt + TimeSpan.FromSeconds(operation.Limits.Seconds);
        Forwarded = new ForwardedQuestion(question.CaseId, RequestId, question.Body);
    }

    public SharedOperation Operation { get; }

    public string CatalogueVersion { get; }

    public ShareQuestion Question { get; }

    public GrantedRequest Granted { get; }

    /// <summary>What may leave of the answer.</summary>
    public FieldTree Fields { get; }

    public string EvidenceId { get; }

    /// <summary>Our number of this question, 32 lower hex digits.</summary>
    public string RequestId { get; }

    public DateTimeOffset AskedAt { get; }

    /// <summary>No attempt starts after it, and no answer begins after it.</summary>
    public DateTimeOffset Deadline { get; }

    public ForwardedQuestion Forwarded { get; }

    /// <summary>The method at the agency.</summary>
    public HttpMethod Method =>
        Operation.Entry.AgencyMethod is { } method ? HttpMethod.Parse(method) : HttpMethod.Parse(Question.Method);

    /// <summary>The addresses that failed it.</summary>
    public HashSet<string> Tried { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the last attempt took too long.</summary>
    public bool TimedOut { get; set; }

    /// <summary>How often a request has left.</summary>
    public int Attempts { get; set; }

    /// <summary>SHA-256 of the body as sent to the agency, lower hex.</summary>
    public string? RequestDigest { get; set; }

    /// <summary>SHA-256 of the agency's answer, lower hex; null while it is not complete.</summary>
    public string? AnswerDigest { get; set; }

    /// <summary>The agency's status; null without an answer.</summary>
    public HttpStatusCode? Status { get; set; }

    /// <summary>Until when the agency wants to be left alone, as the last attempt's answer said; null: it said nothing of that.</summary>
    public DateTimeOffset? PausesUntil { get; set; }

    /// <summary>Whether there is a record under <see cref="EvidenceId"/>.</summary>
    public bool IsOnRecord { get; set; }

    /// <summary>Whether the answer has begun to leave.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Whether all of the answer has left and its end is on record.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Whether it has been handled here; false when another request with its key had been before.</summary>
    public bool IsFirst { get; set; }

    /// <summary>Whether the agency answered by its own code that it has no such record.</summary>
    public bool IsNotFound { get; set; }

    /// <summary>What came of the last attempt; null while it is under way or when it broke off without an answer.</summary>
    public Received? Received { get; set; }

    /// <summary>Where the request goes at one address: the canonical path as it is, never encoded or decoded again.</summary>
    public Uri AddressAt(string destination) => At(destination, Question.Path, Question.Query);

    /// <summary>A canonical path and a query at one address, as they are.</summary>
    public static Uri At(string destination, string path, string query) =>
        new($"{destination.TrimEnd('/')}/{path}{query}", s_asWritten);

    /// <summary>How long an attempt that starts now may wait for the head of its answer.</summary>
    public TimeSpan Patience(DateTimeOffset now)
    {
        var left = Left(now);
        return left < Operation.Agency.AttemptTime ? left : Operation.Agency.AttemptTime;
    }

    /// <summary>How long the caller still waits; at least a millisecond.</summary>
    public TimeSpan Left(DateTimeOffset now) => Deadline - now is { } left && left > s_leastTime ? left : s_leastTime;

    public CallTrace Trace(DateTimeOffset answeredAt) =>
        new(
            Operation.Agency.Name,
            Operation.Name,
            RequestId,
            AskedAt,
            answeredAt,
            Attempts,
            RequestDigest,
            AnswerDigest
        );
}

/// <summary>The forwarded request where parameters are not bound, in a proxy transform.</summary>
internal static class ShareCallAccess
{
    /// <summary>The one that this request is.</summary>
    /// <exception cref="InvalidOperationException">The request did not pass the share handler: a bug.</exception>
    public static ShareCall GetShareCall(this HttpContext context) =>
        context.Features.Get<ShareCall>()
        ?? throw new InvalidOperationException("A request is forwarded that was not let through.");
}
