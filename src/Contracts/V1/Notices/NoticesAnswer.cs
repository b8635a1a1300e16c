namespace Integration.Contracts.V1.Notices;

/// <summary>How the delivery of notices stands: <c>GET /v1/ops/notices</c>.</summary>
public sealed record NoticesResponse
{
    /// <summary>Every subscriber, by name; also those that are not configured any more and still have notices.</summary>
    public required IReadOnlyList<SubscriberResponse> Subscribers { get; init; }

    /// <summary>Dead letters, oldest first.</summary>
    public required IReadOnlyList<DeadLetterResponse> DeadLetters { get; init; }

    /// <summary>Send it as <c>after</c> to see more dead letters; absent: these are all.</summary>
    public string? Next { get; init; }
}

/// <summary>One system with a web-hook.</summary>
public sealed record SubscriberResponse
{
    /// <summary>Its name in the settings.</summary>
    public required string Name { get; init; }

    /// <summary>The client whose cases it is told about; absent when it is not configured any more.</summary>
    public string? Client { get; init; }

    /// <summary>Notices that wait for it.</summary>
    public required int Waiting { get; init; }

    /// <summary>Since when the oldest of them waits.</summary>
    public DateTimeOffset? OldestAt { get; init; }

    /// <summary>Notices that are not sent any more by themselves.</summary>
    public required int DeadLetters { get; init; }

    /// <summary>The last failure of a notice that waits or is a dead letter, e.g. <c>http-503</c>, <c>timeout</c>, <c>connection</c>.</summary>
    public string? LastFailure { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>When it last took a notice.</summary>
    public DateTimeOffset? LastDeliveredAt { get; init; }
}

/// <summary>A notice that is not sent any more by itself.</summary>
public sealed record DeadLetterResponse
{
    /// <summary>Number of the notice.</summary>
    public required string NoticeId { get; init; }

    /// <summary>Whom it was for.</summary>
    public required string Subscriber { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>What happened.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>What came of the last attempt.</summary>
    public string? LastFailure { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }
}

/// <summary>
/// Which notices of a subscriber are sent again, delivered ones and dead letters: all of a time, or all of a case. Body of
/// <c>POST /v1/ops/notices/subscribers/{name}/replay</c>.
/// </summary>
public sealed record ReplayRequest
{
    /// <summary>What happened from here on; with <see cref="Until"/>.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>What happened before; with <see cref="From"/>.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The notices of this case; 1 to 64 characters. Alone or within the time.</summary>
    public string? CaseId { get; init; }

    /// <summary>Whether delivered ones are left out. Default false.</summary>
    public bool? DeadLettersOnly { get; init; }
}

/// <summary>Notices that are sent again.</summary>
public sealed record ReplayResponse
{
    /// <summary>How many.</summary>
    public required int Notices { get; init; }

    /// <summary>The audit record of it, <c>aud_…</c>.</summary>
    public required string AuditId { get; init; }
}
