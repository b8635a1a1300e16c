using Integration.Contracts.V1.Cases;

namespace Integration.Contracts.V1.JointApplications;

/// <summary>A joint application: <c>GET /v1/joint-applications/{id}</c>.</summary>
public sealed record JointApplicationResponse
{
    /// <summary>Its number.</summary>
    public required string JointApplicationId { get; init; }

    /// <summary>The case number.</summary>
    public required string CaseId { get; init; }

    /// <summary>What it is for.</summary>
    public required JointKind Kind { get; init; }

    /// <summary>Where it stands: derived from its legs and nothing else.</summary>
    public required JointState State { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Everything that is missing, told at once; empty when nothing is.</summary>
    public required IReadOnlyList<JointGap> Missing { get; init; }

    /// <summary>The proofs that were fetched, once for all legs.</summary>
    public required IReadOnlyList<JointProof> Proofs { get; init; }

    /// <summary>One leg for each ticked utility.</summary>
    public required IReadOnlyList<LegResponse> Legs { get; init; }

    /// <summary>The joint survey; absent until one is proposed.</summary>
    public SurveyResponse? Survey { get; init; }

    /// <summary>Permits; absent when none is known.</summary>
    public IReadOnlyList<PermitResponse>? Permits { get; init; }

    /// <summary>When every leg was inspected or further (联合验收); absent before, and for a transfer.</summary>
    public DateTimeOffset? AcceptedJointlyAt { get; init; }

    /// <summary>Who acts for the applicant on record (代办); absent when the applicant acts.</summary>
    public MandateResponse? Mandate { get; init; }

    /// <summary>Clock of the whole: <c>whole</c>.</summary>
    public required IReadOnlyList<ClockResponse> Clocks { get; init; }
}

/// <summary>Where a joint application stands: the fold of its legs.</summary>
public enum JointState
{
    /// <summary>No provider has accepted yet.</summary>
    Received,

    /// <summary>Work goes on.</summary>
    InProgress,

    /// <summary>Nothing moves before the applicant acts.</summary>
    AwaitingCustomer,

    /// <summary>Some legs are connected, others not yet.</summary>
    PartlyConnected,

    /// <summary>Every leg that was not taken back is connected.</summary>
    Connected,

    /// <summary>Every leg that was not taken back is closed.</summary>
    Closed,

    /// <summary>Every leg was taken back.</summary>
    Withdrawn,

    /// <summary>Every leg that is open is suspended.</summary>
    Suspended,
}

/// <summary>Something missing.</summary>
public sealed record JointGap
{
    /// <summary>Which leg waits for it; absent: every leg.</summary>
    public Utility? Utility { get; init; }

    /// <summary>What, e.g. <c>consent</c>, <c>need.capacityKw</c>, <c>account</c>, <c>propertyTitle</c>, or what the provider asks for.</summary>
    public required string Item { get; init; }

    /// <summary>What to do about it, in Chinese.</summary>
    public required string Text { get; init; }
}

/// <summary>A proof that was fetched through verification.</summary>
public sealed record JointProof
{
    /// <summary>The check.</summary>
    public required string Check { get; init; }

    /// <summary>What came of it.</summary>
    public required Verifications.CheckOutcome Outcome { get; init; }

    /// <summary>Its evidence.</summary>
    public required string EvidenceId { get; init; }

    /// <summary>The legs it was handed to.</summary>
    public required IReadOnlyList<Utility> HandedTo { get; init; }
}

/// <summary>The joint survey: one visit, all utilities.</summary>
public sealed record SurveyResponse
{
    /// <summary>Beginning.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Arranged as soon as every provider has confirmed.</summary>
    public required SurveyState State { get; init; }

    /// <summary>Who has confirmed.</summary>
    public required IReadOnlyList<Utility> Confirmed { get; init; }

    /// <summary>Who cannot come.</summary>
    public required IReadOnlyList<Utility> Declined { get; init; }

    /// <summary>The same caller's open joint applications at the same site that share the visit; empty: none.</summary>
    public required IReadOnlyList<string> SharedWith { get; init; }
}

/// <summary>Where a survey stands.</summary>
public enum SurveyState
{
    /// <summary>Providers are being asked.</summary>
    Proposed,

    /// <summary>All confirmed.</summary>
    Arranged,

    /// <summary>A party cannot come: propose another time.</summary>
    Declined,
}

/// <summary>A permit.</summary>
public sealed record PermitResponse
{
    /// <summary>Which.</summary>
    public required PermitKind Permit { get; init; }

    /// <summary>Where it stands.</summary>
    public required PermitState State { get; init; }

    /// <summary>File number at the authority.</summary>
    public string? Reference { get; init; }

    /// <summary>The legs that need it.</summary>
    public required IReadOnlyList<Utility> Utilities { get; init; }

    /// <summary>When this was reported.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A mandate on record (代办).</summary>
public sealed record MandateResponse
{
    /// <summary>Where the authorisation can be looked up.</summary>
    public required string Reference { get; init; }

    /// <summary>When it was put on record.</summary>
    public required DateTimeOffset At { get; init; }
}
