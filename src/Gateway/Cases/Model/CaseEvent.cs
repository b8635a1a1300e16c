using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases.Model;

/// <summary>An event that is received in a case; it opens the case when there is none.</summary>
internal sealed record CaseEvent
{
    public required string CaseId { get; init; }

    /// <summary>The client whose case it becomes.</summary>
    public required string CallerId { get; init; }

    /// <summary>The client that delivered the event.</summary>
    public required string ReportedBy { get; init; }

    public required string Purpose { get; init; }

    public required string ReceiptId { get; init; }

    /// <summary>When it entered; acceptance runs from here (电子签名法 Art. 11).</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required PolicyEdition Policy { get; init; }

    /// <summary>The evidence of its receipt.</summary>
    public required string EvidenceId { get; init; }

    /// <summary>It opens the enterprise, also after a withdrawal, or is a sale of its own.</summary>
    public bool IsOpening { get; init; }

    /// <summary>There is nothing to accept: it takes the enterprise back.</summary>
    public bool IsWithdrawal { get; init; }

    /// <summary>Its number in the stream; null: the source does not count.</summary>
    public long? Sequence { get; init; }
}

/// <summary>What waits for its turn when an event is received in a case.</summary>
/// <param name="IsWithdrawn">Whether a withdrawal does.</param>
/// <param name="Openings">The openings that come after a withdrawal that is received; empty for any other event.</param>
internal sealed record WaitingInCase(bool IsWithdrawn, IReadOnlyList<WaitingOpening> Openings);

/// <summary>An opening that waits for its turn.</summary>
internal sealed record WaitingOpening(string ReceiptId, DateTimeOffset ReceivedAt);

/// <summary>An event whose turn it is, as its case sees it.</summary>
/// <param name="ReceiptId">Its receipt.</param>
/// <param name="ReceivedAt">When it entered.</param>
/// <param name="Waits">
/// Whether another event, given its receipt, still waits for its turn: its acceptance goes on, also when this one is answered.
/// </param>
internal sealed record AnsweredEvent(string ReceiptId, DateTimeOffset ReceivedAt, Func<string, bool> Waits);
