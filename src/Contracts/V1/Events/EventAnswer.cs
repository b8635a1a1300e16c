namespace Integration.Contracts.V1.Events;

/// <summary>An event and what became of it: <c>GET /v1/events/{receiptId}</c>.</summary>
public sealed record EventResponse
{
    /// <summary>Number of the receipt.</summary>
    public required string ReceiptId { get; init; }

    /// <summary>The sending system.</summary>
    public required string Source { get; init; }

    /// <summary>The event's number at the source.</summary>
    public required string EventId { get; init; }

    /// <summary>The event's type.</summary>
    public required string Type { get; init; }

    /// <summary>Its place among the events of the enterprise or property; absent when the source does not count.</summary>
    public string? Sequence { get; init; }

    /// <summary>When the first delivery entered the gateway.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The case of this enterprise or property.</summary>
    public required string CaseId { get; init; }

    /// <summary>Until when it has to be accepted.</summary>
    public required DateTimeOffset AcceptBy { get; init; }

    /// <summary>Where it stands.</summary>
    public required EventState State { get; init; }

    /// <summary>What came of it, once it is processed, e.g. <c>accepted</c>, <c>withdrawn-before-opened</c> (docs/events.md).</summary>
    public string? Result { get; init; }

    /// <summary>The application it opened or changed.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>The joint application that a transfer opened, or that was open already.</summary>
    public string? JointApplicationId { get; init; }

    /// <summary>When it was processed.</summary>
    public DateTimeOffset? ProcessedAt { get; init; }

    /// <summary>What happened to it, oldest first: a page of at most 100 entries, the newest when no cursor was sent.</summary>
    public required IReadOnlyList<EventHistoryEntry> History { get; init; }

    /// <summary>The cursor of the page with older entries; absent when there are none.</summary>
    public string? Next { get; init; }
}

/// <summary>Where an event stands.</summary>
public enum EventState
{
    /// <summary>Received and committed; its turn comes.</summary>
    Received,

    /// <summary>An earlier event of the same enterprise or property is missing.</summary>
    WaitingForEarlier,

    /// <summary>Done; <see cref="EventResponse.Result"/> says with what result.</summary>
    Processed,

    /// <summary>It could not be processed; operators look at it.</summary>
    DeadLetter,
}

/// <summary>One thing that happened to an event.</summary>
/// <param name="At">When.</param>
/// <param name="What">What, e.g. <c>received</c>, <c>delivered-again</c>, <c>processed</c>.</param>
/// <param name="Detail">More, without personal data.</param>
public sealed record EventHistoryEntry(DateTimeOffset At, string What, string? Detail = null);
