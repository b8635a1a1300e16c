namespace Integration.Contracts.V1.Operations;

/// <summary>Events that could not be processed: <c>GET /v1/ops/events/dead-letters</c>.</summary>
public sealed record DeadLettersResponse
{
    /// <summary>The oldest first; at most 100.</summary>
    public required IReadOnlyList<DeadLetter> Events { get; init; }

    /// <summary>The last receipt of this page, to ask on with; absent when no more follow.</summary>
    public string? Next { get; init; }

    /// <summary>How many there are in all.</summary>
    public required int Count { get; init; }
}

/// <summary>An event that could not be processed.</summary>
public sealed record DeadLetter
{
    /// <summary>Number of the receipt.</summary>
    public required string ReceiptId { get; init; }

    /// <summary>The sending system.</summary>
    public required string Source { get; init; }

    /// <summary>The event's number at the source.</summary>
    public required string EventId { get; init; }

    /// <summary>The event's type.</summary>
    public required string Type { get; init; }

    /// <summary>The case of its enterprise.</summary>
    public required string CaseId { get; init; }

    /// <summary>When it entered the gateway.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Until when it has to be accepted.</summary>
    public required DateTimeOffset AcceptBy { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Kind of the last failure.</summary>
    public string? Failure { get; init; }
}

/// <summary>Has an event processed again: <c>POST /v1/ops/events/{receiptId}/release</c>.</summary>
public sealed record ReleaseRequest
{
    /// <summary>Why; 1 to 200 characters. It goes on record: no personal data.</summary>
    public string? Reason { get; init; }
}

/// <summary>An event that is processed again.</summary>
public sealed record EventReleased
{
    /// <summary>Number of the receipt.</summary>
    public required string ReceiptId { get; init; }

    /// <summary>The audit record of it, <c>aud_…</c>.</summary>
    public required string AuditId { get; init; }
}
