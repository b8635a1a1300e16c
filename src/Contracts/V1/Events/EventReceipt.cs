using Integration.Contracts.V1.Verifications;

namespace Integration.Contracts.V1.Events;

/// <summary>
/// What a sender gets for an event that is committed: 202 of <c>POST /v1/events</c>. From here on the event cannot be lost.
/// </summary>
public sealed record EventReceipt
{
    /// <summary>Number of the receipt, <c>evr_…</c>; the same for every delivery of the same event.</summary>
    public required string ReceiptId { get; init; }

    /// <summary>The sending system.</summary>
    public required string Source { get; init; }

    /// <summary>The event's number at the source.</summary>
    public required string EventId { get; init; }

    /// <summary>When the first delivery entered the gateway (电子签名法 Art. 11); the time-limits run from here.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whether this was the first delivery.</summary>
    public required ReceiptStatus Status { get; init; }

    /// <summary>The case of this enterprise.</summary>
    public required string CaseId { get; init; }

    /// <summary>Until when it will be accepted.</summary>
    public required DateTimeOffset AcceptBy { get; init; }

    /// <summary>SHA-256 of the event as it was sent, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Signature over this answer (docs/spec/receipts.md).</summary>
    public required Receipt Receipt { get; init; }
}

/// <summary>Which delivery it was.</summary>
public enum ReceiptStatus
{
    /// <summary>The first one.</summary>
    Accepted,

    /// <summary>The same event had been received before; nothing was stored again.</summary>
    Duplicate,
}
