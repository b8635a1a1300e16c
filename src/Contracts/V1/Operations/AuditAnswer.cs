using System.Text.Json.Serialization;

namespace Integration.Contracts.V1.Operations;

/// <summary>What operators did, oldest first. Answer of <c>GET /v1/ops/audit</c>.</summary>
public sealed record AuditResponse
{
    /// <summary>The records; empty when there is nothing new.</summary>
    public required IReadOnlyList<AuditRecord> Records { get; init; }

    /// <summary>Give it as <c>after</c> to get what follows; absent when there was nothing more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Next { get; init; }
}

/// <summary>One record of the audit trail: written before the thing took effect, never changed. No personal data.</summary>
public sealed record AuditRecord
{
    /// <summary>The record's number, <c>aud_…</c>; numbers sort by time.</summary>
    public required string AuditId { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The node of the gateway that wrote it.</summary>
    public required string Node { get; init; }

    /// <summary>Who did it: a client's id, or <c>gateway</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done, e.g. <c>agency.maintenance.on</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, e.g. <c>agency:real-estate</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Whether it was applied or refused.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>The particulars; in a list cut after 2,000 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Characters of the whole detail; <c>GET /v1/ops/audit/{auditId}</c> shows all of it.</summary>
    public required int DetailLength { get; init; }
}

/// <summary>What came of it.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Applied,

    /// <summary>It was refused; nothing changed.</summary>
    Refused,
}
