using Integration.Contracts.V1.Cases;

namespace Integration.Contracts.V1.JointApplications;

/// <summary>One utility's part.</summary>
public sealed record LegResponse
{
    /// <summary>Its number.</summary>
    public required string LegId { get; init; }

    /// <summary>Which utility.</summary>
    public required Utility Utility { get; init; }

    /// <summary>Where it stands.</summary>
    public required LegState State { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How it stands with the provider: whether it has been sent, has arrived, or neither is known.</summary>
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

    /// <summary>Its clocks: <c>acceptance</c> until the provider accepts, then <c>work</c> until it is connected.</summary>
    public required IReadOnlyList<ClockResponse> Clocks { get; init; }

    /// <summary>Who caused how much time; absent when a calendar year is missing.</summary>
    public LegTime? Time { get; init; }
}

/// <summary>Business minutes of a leg from the form until it is connected or taken back, by who had to act.</summary>
public sealed record LegTime
{
    /// <summary>Minutes in which the provider had to act.</summary>
    public required decimal ProviderMinutes { get; init; }

    /// <summary>Minutes in which the applicant had to act: something was missing, or was the applicant's to do.</summary>
    public required decimal ApplicantMinutes { get; init; }

    /// <summary>Minutes in which an authority had to act.</summary>
    public required decimal AuthorityMinutes { get; init; }
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

    /// <summary>It was sent and it is not known whether it arrived; the provider is being asked.</summary>
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
    /// <summary>Its number within the leg, counted from 1; never changes.</summary>
    public int? Number { get; init; }

    /// <summary>What, e.g. <c>forbidden-fee</c>, <c>contradiction</c>.</summary>
    public required string Problem { get; init; }

    /// <summary>What is known of it.</summary>
    public required string Text { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was closed out; absent while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Where it is on file how it was closed out; absent while it is open or when it mended itself.</summary>
    public string? Reference { get; init; }
}
