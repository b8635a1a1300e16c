using Integration.Contracts.V1.Cases;

namespace Integration.Contracts.V1.JointApplications;

/// <summary>A joint application: <c>GET /v1/joint-applications/{id}</c>.</summary>
public sealed record JointApplicationAnswer
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
    public required IReadOnlyList<LegAnswer> Legs { get; init; }

    /// <summary>The joint survey; absent until one is proposed.</summary>
    public SurveyAnswer? Survey { get; init; }

    /// <summary>Permits; absent when none is known.</summary>
    public IReadOnlyList<PermitAnswer>? Permits { get; init; }

    /// <summary>Who acts for the applicant on record (代办); absent when nobody does.</summary>
    public MandateAnswer? Mandate { get; init; }

    /// <summary>Clocks of the whole.</summary>
    public required IReadOnlyList<ClockAnswer> Clocks { get; init; }
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

/// <summary>One utility's part.</summary>
public sealed record LegAnswer
{
    /// <summary>Its number.</summary>
    public required string LegId { get; init; }

    /// <summary>Which utility.</summary>
    public required Utility Utility { get; init; }

    /// <summary>Where it stands.</summary>
    public required LegState State { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How it stands with the provider: whether it has been sent, arrived, or nobody knows.</summary>
    public required LegDelivery Delivery { get; init; }

    /// <summary>The provider's last code that we do not understand; absent when all were understood.</summary>
    public string? RawStatus { get; init; }

    /// <summary>Why and through whom it is suspended; absent when it is not.</summary>
    public LegSuspension? Suspension { get; init; }

    /// <summary>What the provider knows it by.</summary>
    public ProviderReference? Provider { get; init; }

    /// <summary>What happens next, for the applicant.</summary>
    public required NextStep Next { get; init; }

    /// <summary>Fees reported.</summary>
    public IReadOnlyList<LegFee>? Fees { get; init; }

    /// <summary>What has to be closed out (销号), e.g. a forbidden fee; absent when nothing is.</summary>
    public IReadOnlyList<LegProblem>? Problems { get; init; }

    /// <summary>Its clocks.</summary>
    public required IReadOnlyList<ClockAnswer> Clocks { get; init; }
}

/// <summary>Where a leg stands, in the order of the work; the last three stand outside the order.</summary>
public enum LegState
{
    /// <summary>We have it.</summary>
    Received,

    /// <summary>The provider accepted it.</summary>
    Accepted,

    /// <summary>Something is missing; nothing goes on before it is sent again.</summary>
    Returned,

    /// <summary>A visit is arranged.</summary>
    SurveyScheduled,

    /// <summary>The visit was made.</summary>
    Surveyed,

    /// <summary>The supply plan was answered.</summary>
    PlanAnswered,

    /// <summary>The applicant has to act.</summary>
    AwaitingCustomer,

    /// <summary>A permit has to come.</summary>
    AwaitingPermit,

    /// <summary>It is built.</summary>
    Construction,

    /// <summary>It was inspected.</summary>
    Inspected,

    /// <summary>It supplies.</summary>
    Connected,

    /// <summary>Done.</summary>
    Closed,

    /// <summary>Taken back.</summary>
    Withdrawn,

    /// <summary>It stands still for a reason.</summary>
    Suspended,
}

/// <summary>How a leg stands with its provider.</summary>
public enum LegDelivery
{
    /// <summary>Gaps have to be filled before it is sent.</summary>
    Held,

    /// <summary>It will be sent.</summary>
    Waiting,

    /// <summary>It was sent and nobody knows whether it arrived; the provider is being asked.</summary>
    Unknown,

    /// <summary>It stands on the provider's work list.</summary>
    Listed,

    /// <summary>The provider has it.</summary>
    Arrived,

    /// <summary>It is being taken back at the provider.</summary>
    Withdrawing,

    /// <summary>It is taken back at the provider, or never arrived there.</summary>
    Withdrawn,
}

/// <summary>A leg that stands still.</summary>
public sealed record LegSuspension
{
    /// <summary>Why, as the provider wrote it.</summary>
    public string? Reason { get; init; }

    /// <summary>Through whom: <c>applicant</c>, <c>provider</c> or <c>authority</c>.</summary>
    public required string Who { get; init; }
}

/// <summary>What the provider knows a leg by.</summary>
public sealed record ProviderReference
{
    /// <summary>Its number there.</summary>
    public required string Reference { get; init; }
}

/// <summary>What happens next.</summary>
public sealed record NextStep
{
    /// <summary>One sentence in Chinese for the applicant.</summary>
    public required string Text { get; init; }

    /// <summary>Until when; absent when no limit runs.</summary>
    public DateTimeOffset? By { get; init; }
}

/// <summary>A fee that a provider reports.</summary>
public sealed record LegFee
{
    /// <summary>Its name, e.g. 高可靠性供电费.</summary>
    public string? Name { get; init; }

    /// <summary>Yuan; 0 or more.</summary>
    public decimal? Amount { get; init; }
}

/// <summary>Something that has to be closed out.</summary>
public sealed record LegProblem
{
    /// <summary>What, e.g. <c>forbidden-fee</c>, <c>contradiction</c>.</summary>
    public required string Problem { get; init; }

    /// <summary>What is known of it.</summary>
    public required string Text { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was closed out; absent while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>The joint survey: one visit, all utilities.</summary>
public sealed record SurveyAnswer
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

    /// <summary>Open joint applications at the same site that share the visit; empty: none.</summary>
    public required IReadOnlyList<string> SharedWith { get; init; }
}

/// <summary>Where a survey stands.</summary>
public enum SurveyState
{
    /// <summary>Providers are being asked.</summary>
    Proposed,

    /// <summary>All confirmed.</summary>
    Arranged,

    /// <summary>Somebody cannot come: propose another time.</summary>
    Declined,
}

/// <summary>A permit.</summary>
public sealed record PermitAnswer
{
    /// <summary>Which.</summary>
    public required PermitKind Permit { get; init; }

    /// <summary>Where it stands.</summary>
    public required PermitState State { get; init; }

    /// <summary>File number at the authority.</summary>
    public string? Reference { get; init; }

    /// <summary>When this was reported.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A mandate on record (代办).</summary>
public sealed record MandateAnswer
{
    /// <summary>Where the authorisation can be looked up.</summary>
    public required string Reference { get; init; }

    /// <summary>When it was put on record.</summary>
    public required DateTimeOffset At { get; init; }
}
