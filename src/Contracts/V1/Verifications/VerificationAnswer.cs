namespace Integration.Contracts.V1.Verifications;

/// <summary>What the agencies said, check by check. Answer of <c>POST /v1/verifications</c>.</summary>
public sealed record VerificationResponse
{
    /// <summary>Our number of this verification, <c>vrf_…</c>.</summary>
    public required string VerificationId { get; init; }

    /// <summary>The caller's case number.</summary>
    public required string CaseId { get; init; }

    /// <summary>One entry for each check asked for, in the order asked.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>When the last check ended, Asia/Shanghai.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>Our signature over this answer.</summary>
    public required Receipt Receipt { get; init; }
}

/// <summary>The result of one check.</summary>
public sealed record CheckResult
{
    /// <summary>The check.</summary>
    public required CheckName Check { get; init; }

    /// <summary>What came of it.</summary>
    public required CheckOutcome Outcome { get; init; }

    /// <summary>The fields that differ, never their values; empty unless <see cref="CheckOutcome.Mismatch"/>.</summary>
    public required IReadOnlyList<string> Mismatches { get; init; }

    /// <summary>
    /// The fields that could not be held against the record (missing there, masked, or in another system): they decided nothing. Never their
    /// values; empty as a rule.
    /// </summary>
    public IReadOnlyList<string> NotComparable { get; init; } = [];

    /// <summary>Who answered; null when no source was asked or none answered.</summary>
    public SourceReference? Source { get; init; }

    /// <summary>The evidence record of this check, <c>evd_…</c>.</summary>
    public required string EvidenceId { get; init; }

    /// <summary>Time spent on this check, milliseconds.</summary>
    public required long ElapsedMs { get; init; }

    /// <summary>One sentence for the caller's staff: what it means and what to do next; null on a plain match.</summary>
    public string? Note { get; init; }
}

/// <summary>The closed set of check outcomes. "The agency says no" and "the agency did not answer" never share a value.</summary>
public enum CheckOutcome
{
    /// <summary>The agency confirms everything asked.</summary>
    Match,

    /// <summary>The agency knows the record, and fields differ.</summary>
    Mismatch,

    /// <summary>Every agency asked answered that it has no such record.</summary>
    NotFound,

    /// <summary>Several records fit, or two agencies contradict each other.</summary>
    Ambiguous,

    /// <summary>No agency gave a usable answer in time. Says nothing about the applicant.</summary>
    SourceUnavailable,

    /// <summary>The agency refuses us this data.</summary>
    NotAuthorised,

    /// <summary>The agency knows the record, and it is no longer the current one.</summary>
    Stale,
}

/// <summary>Where an answer comes from.</summary>
public sealed record SourceReference
{
    /// <summary>The agency, e.g. <c>population-registry</c>.</summary>
    public required string Agency { get; init; }

    /// <summary>The request number under which the agency can find the call.</summary>
    public required string RequestId { get; init; }

    /// <summary>When the agency answered.</summary>
    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>Our signature over an answer; see <c>docs/spec/receipts.md</c>.</summary>
public sealed record Receipt
{
    /// <summary>The receipt's number, <c>rcp_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>ECDSA P-256 with SHA-256, Base64 of r and s (64 bytes).</summary>
    public required string Signature { get; init; }
}
