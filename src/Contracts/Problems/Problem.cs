using System.Text.Json.Serialization;

namespace Integration.Contracts.Problems;

/// <summary>An error of the API (RFC 9457, <c>application/problem+json</c>).</summary>
public sealed record Problem
{
    /// <summary>URI of the kind of problem: <c>urn:integration:problem:&lt;code&gt;</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What happened, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>One of <see cref="ProblemCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What happened here and what to do next. Never personal data.</summary>
    public required string Detail { get; init; }

    /// <summary>W3C trace id; quote it to operations.</summary>
    public required string TraceId { get; init; }

    /// <summary>Who failed: <c>caller</c>, <c>gateway</c> or <c>agency:&lt;name&gt;</c>.</summary>
    public required string Party { get; init; }

    /// <summary>Whether the same request may be sent again.</summary>
    public required RetryAdvice Retry { get; init; }

    /// <summary>All faults of a bad request; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldFault>? Errors { get; init; }

    /// <summary>The OAuth 2.0 error (RFC 6749 5.2), for OAuth libraries; only in answers of <c>/oauth/token</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }
}

/// <summary>Whether the same request may be sent again.</summary>
public enum RetryAdvice
{
    /// <summary>Sending it again can do no harm and may help.</summary>
    Safe,

    /// <summary>It may have had an effect: send it again only with the same <c>Idempotency-Key</c>.</summary>
    Unsafe,

    /// <summary>It will fail again until it is changed.</summary>
    Never,
}

/// <summary>One fault of a bad request.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the body, or <c>header:&lt;name&gt;</c> / <c>path:&lt;name&gt;</c>.</param>
/// <param name="Code">A stable code, e.g. <c>unknown-member</c>, <c>checksum</c>.</param>
/// <param name="Message">One sentence. Never repeats what was sent.</param>
public sealed record FieldFault(string Pointer, string Code, string Message);
