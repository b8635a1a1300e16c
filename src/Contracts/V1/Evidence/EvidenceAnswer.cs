using System.Text.Json.Serialization;

namespace Integration.Contracts.V1.Evidence;

/// <summary>One record of the evidence log. Answer of <c>GET /v1/evidence/{evidenceId}</c>.</summary>
public sealed record EvidenceResponse
{
    /// <summary>The record's number, <c>evd_…</c>.</summary>
    public required string EvidenceId { get; init; }

    /// <summary>What is on record, to read.</summary>
    public required EvidenceFact Record { get; init; }

    /// <summary>The same as the exact text that is hashed; <c>docs/spec/evidence.md</c> says how to check it.</summary>
    public required string Canonical { get; init; }

    /// <summary>Where it stands.</summary>
    public required ChainPosition Position { get; init; }
}

/// <summary>A place in a hash chain.</summary>
/// <param name="Chain">The chain; each node of the gateway has one.</param>
/// <param name="Sequence">Position, from 1 without gaps.</param>
/// <param name="PreviousHash">SHA-256 of the link before, lower hex; zeros for the first.</param>
/// <param name="Hash">SHA-256 of this link, lower hex.</param>
public sealed record ChainPosition(string Chain, long Sequence, string PreviousHash, string Hash);

/// <summary>What is on record. Never personal data.</summary>
public sealed record EvidenceFact
{
    /// <summary><c>agencyCall</c>, <c>sharedCall</c>, <c>check</c>, <c>decision</c>, <c>act</c>, <c>event</c>, <c>clock</c>, <c>leg</c> or <c>look</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The caller's case number.</summary>
    public required string CaseId { get; init; }

    /// <summary>The verification or application it belongs to.</summary>
    public required string ParentId { get; init; }

    /// <summary>Who asked.</summary>
    public required string CallerId { get; init; }

    /// <summary>What the data was for.</summary>
    public required string Purpose { get; init; }

    /// <summary>Kind and reference of the legal basis.</summary>
    public required string Basis { get; init; }

    /// <summary>The grants that allowed it.</summary>
    public required string Grants { get; init; }

    /// <summary>What was checked or decided.</summary>
    public required string Subject { get; init; }

    /// <summary>What came of it.</summary>
    public required string Outcome { get; init; }

    /// <summary>Rule, differing fields or failure; no values.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Version of the policy data in force.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The agency call, when there was one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceCall? Call { get; init; }

    /// <summary>Where and on whose side the call failed, when it did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceFailure? Failure { get; init; }
}

/// <summary>One question to one agency.</summary>
public sealed record EvidenceCall
{
    /// <summary>The agency.</summary>
    public required string Agency { get; init; }

    /// <summary>Its operation.</summary>
    public required string Operation { get; init; }

    /// <summary>The number under which the agency can find the call.</summary>
    public required string RequestId { get; init; }

    /// <summary>When the first attempt started, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When the answer, or the lack of one, was known, UTC.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>How many times it was sent; 0 when it never left.</summary>
    public required int Attempts { get; init; }

    /// <summary>Digest of the request body as sent, keyed for this record, lower hex; <c>docs/spec/evidence.md</c> says how to check it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestDigest { get; init; }

    /// <summary>Digest of the answer body as received, keyed for this record, lower hex.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AnswerDigest { get; init; }
}

/// <summary>Where a call ended without a usable answer.</summary>
/// <param name="Stage">The stage, e.g. <c>timeOut</c>.</param>
/// <param name="Side">Who has to do something about it: <c>gateway</c>, <c>network</c> or <c>agency</c>.</param>
/// <param name="Code">A stable code, e.g. <c>http-502</c>.</param>
public sealed record EvidenceFailure(string Stage, string Side, string Code)
{
    /// <summary>The field of the one record that could not be read, in the agency's words; null when it was no fault of a record.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }
}
