namespace Integration.Contracts.V1.Cases;

/// <summary>How the limits were kept: <c>GET /v1/limits/report</c>. Cases that were taken back are left out.</summary>
public sealed record LimitsReport
{
    /// <summary>First day of acceptance, Asia/Shanghai.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day of acceptance.</summary>
    public required DateOnly To { get; init; }

    /// <summary>For each service and limit, over all cases of the period.</summary>
    public required IReadOnlyList<LimitFigures> Limits { get; init; }

    /// <summary>For each case and limit, the case accepted last first; at most 1,000.</summary>
    public required IReadOnlyList<CaseFigures> Cases { get; init; }

    /// <summary>What is left out; absent when nothing is.</summary>
    public string? Note { get; init; }
}

/// <summary>One limit of one service. Working days are fractions: a limit of 2 that is half used is 1.</summary>
public sealed record LimitFigures
{
    /// <summary>The service.</summary>
    public required string ServiceType { get; init; }

    /// <summary>The clock.</summary>
    public required string Clock { get; init; }

    /// <summary>The limit.</summary>
    public required string Limit { get; init; }

    /// <summary>How it counts, and so what the figures are: minutes or working days.</summary>
    public required ClockKind Kind { get; init; }

    /// <summary>What is allowed: the limit is an average in the plan.</summary>
    public required decimal Allowed { get; init; }

    /// <summary>Cases that have it.</summary>
    public required int Cases { get; init; }

    /// <summary>Of these, cases whose clock has ended.</summary>
    public required int Finished { get; init; }

    /// <summary>Mean of what the finished ones used; absent when there is none.</summary>
    public decimal? Mean { get; init; }

    /// <summary>Of those finished or overdue, the share that ended within the limit, 0 to 1; absent when there is none.</summary>
    public decimal? ShareWithin { get; init; }

    /// <summary>Cases whose clock cannot be read, because a calendar year is missing; in no other figure but the first.</summary>
    public required int NotRead { get; init; }
}

/// <summary>One limit of one case.</summary>
public sealed record CaseFigures
{
    /// <summary>The case number.</summary>
    public required string CaseId { get; init; }

    /// <summary>The client whose case it is.</summary>
    public required string Caller { get; init; }

    /// <summary>The service.</summary>
    public required string ServiceType { get; init; }

    /// <summary>The clock.</summary>
    public required string Clock { get; init; }

    /// <summary>The limit.</summary>
    public required string Limit { get; init; }

    /// <summary>How it counts.</summary>
    public required ClockKind Kind { get; init; }

    /// <summary>When the case was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When the clock ended; absent while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What was used up, minutes or working days; absent when it cannot be read.</summary>
    public decimal? Used { get; init; }

    /// <summary>What is allowed.</summary>
    public required decimal Allowed { get; init; }

    /// <summary>How it stands; absent when it cannot be read.</summary>
    public ClockColour? Colour { get; init; }

    /// <summary>For how long it stood still, by reason.</summary>
    public required IReadOnlyList<StopSum> Stops { get; init; }
}

/// <summary>How long a clock stood still for one reason.</summary>
/// <param name="Reason">One of the closed list.</param>
/// <param name="Minutes">Minutes from beginning to end, whether they would have counted or not.</param>
public sealed record StopSum(string Reason, decimal Minutes);
