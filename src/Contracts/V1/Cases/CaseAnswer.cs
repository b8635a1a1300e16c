namespace Integration.Contracts.V1.Cases;

/// <summary>One case over all flows: <c>GET /v1/cases/{caseId}</c>.</summary>
public sealed record CaseResponse
{
    /// <summary>The case number.</summary>
    public required string CaseId { get; init; }

    /// <summary>Where it stands.</summary>
    public required CaseState State { get; init; }

    /// <summary>The service it is about; absent until one was applied for.</summary>
    public string? ServiceType { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When its application was accepted; absent until then.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When it was closed or taken back; absent while work goes on.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Its clocks.</summary>
    public required IReadOnlyList<ClockResponse> Clocks { get; init; }

    /// <summary>What an inspector would look at, e.g. <c>late-start</c>, <c>altered-time</c>; empty when all is well.</summary>
    public required IReadOnlyList<CaseFlag> Flags { get; init; }

    /// <summary>What happened, oldest first: a page of at most 1,000 entries, the newest when no cursor was sent.</summary>
    public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

    /// <summary>The cursor of the page with older entries; absent when there are none.</summary>
    public string? Next { get; init; }

    /// <summary>What the answer leaves out; absent when it is complete.</summary>
    public string? Note { get; init; }
}

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Work goes on.</summary>
    Open,

    /// <summary>Done.</summary>
    Closed,

    /// <summary>Taken back.</summary>
    Withdrawn,
}

/// <summary>One clock of a case as it stands now.</summary>
public sealed record ClockResponse
{
    /// <summary><c>acceptance</c>, <c>whole</c> (whole process), <c>company</c> (company time) or <c>grid-works</c>; of a leg <c>acceptance</c> or <c>work</c>.</summary>
    public required string Clock { get; init; }

    /// <summary>How it counts.</summary>
    public required ClockKind Kind { get; init; }

    /// <summary>The limit it holds against; absent when it only measures.</summary>
    public string? Limit { get; init; }

    /// <summary>What that limit rests on.</summary>
    public string? LegalReference { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the limit is reached; absent while it is stopped, when it only measures, or when a calendar is missing.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it ended; absent while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it stands; absent when it cannot be read.</summary>
    public ClockColour? Colour { get; init; }

    /// <summary>What was used up, minutes that count; absent when it cannot be read.</summary>
    public decimal? UsedMinutes { get; init; }

    /// <summary>What is allowed, minutes that count.</summary>
    public decimal? AllowedMinutes { get; init; }

    /// <summary>Why it cannot be read, e.g. a calendar year that is not loaded.</summary>
    public string? Note { get; init; }

    /// <summary>When it stood still.</summary>
    public required IReadOnlyList<StopResponse> Stops { get; init; }
}

/// <summary>How a clock counts.</summary>
public enum ClockKind
{
    /// <summary>Every minute.</summary>
    WallMinutes,

    /// <summary>Minutes within business hours of working days.</summary>
    BusinessMinutes,

    /// <summary>Working days, to the end of business of the last.</summary>
    WorkingDays,
}

/// <summary>The traffic light.</summary>
public enum ClockColour
{
    /// <summary>On plan.</summary>
    Blue,

    /// <summary>70 % is used.</summary>
    Yellow,

    /// <summary>The limit is reached.</summary>
    Red,
}

/// <summary>A time in which a clock stood still.</summary>
public sealed record StopResponse
{
    /// <summary>Number of the stop, <c>stp_…</c>.</summary>
    public required string StopId { get; init; }

    /// <summary>Why, one of the closed list.</summary>
    public required string Reason { get; init; }

    /// <summary>Reference to what proves it.</summary>
    public required string Evidence { get; init; }

    /// <summary>Who said so.</summary>
    public required string By { get; init; }

    /// <summary>From when.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when; absent while it lasts.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Something an inspector would look at.</summary>
/// <param name="Flag">What, e.g. <c>late-start</c>.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="Detail">More, without personal data.</param>
public sealed record CaseFlag(string Flag, DateTimeOffset At, string Detail);

/// <summary>One thing that happened in a case.</summary>
public sealed record TimelineEntry
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><c>event</c>, <c>check</c>, <c>call</c>, <c>decision</c>, <c>act</c>, <c>clock</c>, <c>milestone</c>, <c>stop</c>, <c>leg</c>, <c>visit</c> or <c>notice</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What, e.g. <c>enterprise.opened</c>, <c>propertyTitle</c>.</summary>
    public required string What { get; init; }

    /// <summary>What came of it.</summary>
    public required string Outcome { get; init; }

    /// <summary>More, without personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>Who did it: a client, an agency, or <c>gateway</c>.</summary>
    public required string By { get; init; }

    /// <summary>Number of what it refers to, e.g. an application or a receipt.</summary>
    public string? Reference { get; init; }

    /// <summary>The evidence record.</summary>
    public string? EvidenceId { get; init; }
}
