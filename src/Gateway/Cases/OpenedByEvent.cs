using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases;

/// <summary>The event that opens a case.</summary>
internal sealed record OpenedByEvent
{
    public required string CaseId { get; init; }

    /// <summary>The client whose case it becomes.</summary>
    public required string CallerId { get; init; }

    /// <summary>The client that delivered the event.</summary>
    public required string ReportedBy { get; init; }

    public required string Purpose { get; init; }

    /// <summary>When it entered; acceptance runs from here (电子签名法 Art. 11).</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required PolicyEdition Policy { get; init; }

    /// <summary>The evidence of its receipt.</summary>
    public required string EvidenceId { get; init; }
}
