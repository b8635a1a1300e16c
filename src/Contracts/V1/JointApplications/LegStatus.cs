namespace Integration.Contracts.V1.JointApplications;

/// <summary>A status as a provider pushes it. Body of <c>POST /v1/utilities/{utility}/statuses</c>.</summary>
public sealed record LegStatusReport
{
    /// <summary>The provider's number of the status; 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>, each for one status for ever.</summary>
    public string? StatusId { get; init; }

    /// <summary>The leg.</summary>
    public string? LegId { get; init; }

    /// <summary>A <see cref="LegState"/> in camel case, or <c>surveyDeclined</c> for a visit that cannot be; any other code of 1 to 64 characters is kept as it is and shown.</summary>
    public string? State { get; init; }

    /// <summary>When it happened; not in the future.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>More about it: what is missing (<c>returned</c>), why it is suspended; at most 500 characters.</summary>
    [PersonalData]
    public string? Detail { get; init; }

    /// <summary>Who causes a suspension: <c>applicant</c>, <c>provider</c> (default) or <c>authority</c>.</summary>
    public string? Who { get; init; }

    /// <summary>What is missing, with <c>returned</c>; at most 20, each 1 to 128 characters.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>Fees charged; at most 20.</summary>
    public IReadOnlyList<LegFee>? Fees { get; init; }

    /// <summary>The provider's own number of the leg, if it is new.</summary>
    public string? Reference { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(LegStatusReport);
}

/// <summary>What became of a status.</summary>
public sealed record LegStatusResponse
{
    /// <summary>The status.</summary>
    public required string StatusId { get; init; }

    /// <summary>What it did.</summary>
    public required StatusEffect Effect { get; init; }

    /// <summary>Where the leg stands now.</summary>
    public required LegState State { get; init; }
}

/// <summary>What a status does to its leg. Every status is kept as it came, without effect too.</summary>
public enum StatusEffect
{
    /// <summary>The leg moved.</summary>
    Applied,

    /// <summary>The leg is already there.</summary>
    Repeated,

    /// <summary>The leg is already further; it never goes back.</summary>
    Late,

    /// <summary>A code we do not know: shown as it is.</summary>
    NotUnderstood,

    /// <summary>The leg is closed or taken back.</summary>
    AfterEnd,

    /// <summary>It contradicts what is known; an operator has to look.</summary>
    Contradiction,
}

/// <summary>What waits for a provider that pulls: <c>GET /v1/utilities/{utility}/work-list</c>.</summary>
public sealed record WorkListResponse
{
    /// <summary>Oldest first, at most 100; taken items leave the list.</summary>
    public required IReadOnlyList<WorkItem> Items { get; init; }
}

/// <summary>One item of a work list.</summary>
public sealed record WorkItem
{
    /// <summary>The leg.</summary>
    public required string LegId { get; init; }

    /// <summary>What is to be done.</summary>
    public required WorkKind Work { get; init; }

    /// <summary>Since when it waits.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>What the joint application is for.</summary>
    public required JointKind Kind { get; init; }

    /// <summary>What is needed.</summary>
    public required UtilityNeed Need { get; init; }

    /// <summary>The fields of the form that the provider's grants name; the others are absent.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>The proofs handed on.</summary>
    public required IReadOnlyList<HandedProof> Proofs { get; init; }

    /// <summary>Beginning of the visit that is proposed; absent unless <see cref="Work"/> is <see cref="WorkKind.Survey"/>.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Its end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(WorkItem);
}

/// <summary>What a provider that pulls has to do.</summary>
public enum WorkKind
{
    /// <summary>Take the leg on.</summary>
    Application,

    /// <summary>Take the leg back.</summary>
    Withdrawal,

    /// <summary>Confirm or decline a visit.</summary>
    Survey,
}

/// <summary>A proof as it is handed to a receiver.</summary>
public sealed record HandedProof
{
    /// <summary>The check.</summary>
    public required string Check { get; init; }

    /// <summary>What came of it.</summary>
    public required Verifications.CheckOutcome Outcome { get; init; }

    /// <summary>When the source said so; absent when it said nothing.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Its evidence.</summary>
    public required string EvidenceId { get; init; }
}
