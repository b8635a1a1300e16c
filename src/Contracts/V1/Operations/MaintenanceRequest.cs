using System.Text.Json.Serialization;

namespace Integration.Contracts.V1.Operations;

/// <summary>Takes an agency out of service. Body of <c>PUT /v1/ops/agencies/{agency}/maintenance</c>.</summary>
public sealed record MaintenanceRequest
{
    /// <summary>Why; 1 to 200 characters. It goes on record: no personal data.</summary>
    public string? Reason { get; init; }

    /// <summary>When it is expected to end; callers are told to come back then. It ends only when an operator ends it.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>An agency that operators have taken out of service.</summary>
public sealed record MaintenanceResponse
{
    /// <summary>The agency.</summary>
    public required string Agency { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>From when on, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it is expected to end; absent: not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>The operator's client.</summary>
    public required string By { get; init; }
}

/// <summary>An agency that is back in service. Answer of <c>DELETE /v1/ops/agencies/{agency}/maintenance</c>.</summary>
public sealed record MaintenanceEnded
{
    /// <summary>The agency.</summary>
    public required string Agency { get; init; }

    /// <summary>The audit record of it, <c>aud_…</c>.</summary>
    public required string AuditId { get; init; }
}
