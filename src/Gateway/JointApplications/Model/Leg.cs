using System.Text.Json.Serialization;
using Integration.Adapters.Ports;
using Integration.Contracts;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>One utility's part of a joint application. What its provider wrote is sealed when it is stored; never changed in place.</summary>
internal sealed record Leg
{
    public required LegId LegId { get; init; }

    public required Utility Utility { get; init; }

    public required LegState State { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>What the gateway has to do for it next; <see cref="LegTable"/> says how.</summary>
    public required LegWork Work { get; init; }

    /// <summary>When <see cref="Work"/> is to be done; null: it waits for the applicant, its provider or an authority.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>How often it was handed in under a new key; the key is the same until it is sent again on purpose.</summary>
    public int Sending { get; init; } = 1;

    /// <summary>It was sent or put on the work list once; it stays so when it is held again.</summary>
    public bool HandedOver { get; init; }

    /// <summary>Calls without an answer in a row.</summary>
    public int Silences { get; init; }

    /// <summary>The provider's own number.</summary>
    [PersonalData]
    public string? Reference { get; init; }

    /// <summary>The provider's last code that the gateway does not understand.</summary>
    [PersonalData]
    public string? RawStatus { get; init; }

    /// <summary>When the latest of all that counted happened, as the provider says.</summary>
    public DateTimeOffset? StatusAt { get; init; }

    /// <summary>When it reached where it stands in the work, as the provider says.</summary>
    public DateTimeOffset? ReachedAt { get; init; }

    /// <summary>Statuses that happened up to here are about a sending before this one.</summary>
    public DateTimeOffset? StaleUntil { get; init; }

    /// <summary>Where it stands in the work while it is suspended or returned.</summary>
    public LegState? HeldIn { get; init; }

    public LegSuspension? Suspension { get; init; }

    /// <summary>What has to come from the applicant before it is sent.</summary>
    public IReadOnlyList<LegGap> Gaps { get; init; } = [];

    /// <summary>Evidence numbers of the proofs, as they were when they were handed to the provider.</summary>
    public IReadOnlyList<string> Handed { get; init; } = [];

    public IReadOnlyList<LegPaper> Papers { get; init; } = [];

    public IReadOnlyList<LegFee> Fees { get; init; } = [];

    public IReadOnlyList<LegProblem> Problems { get; init; } = [];

    /// <summary>The number of the visit that the provider was asked about last; 0: none.</summary>
    public int VisitNumber { get; init; }

    /// <summary>The provider's answer to that visit; null: it has not answered.</summary>
    public bool? ConfirmsVisit { get; init; }

    /// <summary>Where the provider left it, while the gateway lets it wait or stand still for a permit; null: where it stands.</summary>
    public LegStand? Beneath { get; init; }

    /// <summary>Its clocks.</summary>
    public IReadOnlyList<LegClock> Clocks { get; init; } = [];

    /// <summary>When the applicant or an authority had to act, oldest first.</summary>
    public IReadOnlyList<LegWait> Waits { get; init; } = [];

    /// <summary>The applicant took it back.</summary>
    public bool IsUnwanted { get; init; }

    /// <summary>Our idempotency key of this sending.</summary>
    [JsonIgnore]
    public LegKey Key => new($"{LegId}-{Sending}", LegId.ToString(), Reference);

    /// <summary>Nothing moves any more.</summary>
    [JsonIgnore]
    public bool HasEnded => State is LegState.Closed or LegState.Withdrawn;

    /// <summary>Nothing of it was ever handed to the provider.</summary>
    [JsonIgnore]
    public bool NeverLeft =>
        this
            is { State: LegState.Received, Sending: 1, Reference: null }
                and ({ Work: LegWork.Hold or LegWork.PreCheck } or { Work: LegWork.Send, Silences: 0 });

    /// <summary>Its provider was handed it, so it can report on it. A leg that was held from the beginning does not exist for its provider.</summary>
    [JsonIgnore]
    public bool IsKnownToProvider =>
        HandedOver
        || Reference is not null
        || Work is not (LegWork.Hold or LegWork.PreCheck or LegWork.Send or LegWork.Done);

    /// <summary>Where it stands in the work, also while it is suspended or returned.</summary>
    [JsonIgnore]
    public LegState Reached => State is LegState.Suspended or LegState.Returned ? HeldIn ?? LegState.Received : State;
}

/// <summary>Where a leg stands.</summary>
internal sealed record LegStand(LegState State, DateTimeOffset Since);

/// <summary>Something that the applicant has to bring for one leg.</summary>
/// <param name="Item">What, e.g. <c>consent</c>, <c>need.capacityKw</c>.</param>
/// <param name="Text">What to do, in Chinese.</param>
internal sealed record LegGap([property: PersonalData] string Item, [property: PersonalData] string Text);

/// <summary>A fee that a provider reports.</summary>
internal sealed record LegFee
{
    /// <summary>Its name, e.g. 高可靠性供电费.</summary>
    [PersonalData]
    public string? Name { get; init; }

    /// <summary>Yuan; 0 or more.</summary>
    public decimal? Amount { get; init; }
}

/// <summary>Why and through whom a leg stands still.</summary>
internal sealed record LegSuspension
{
    /// <summary>Why, in the gateway's own words or the provider's.</summary>
    [PersonalData]
    public string? Reason { get; init; }

    /// <summary>Through whom: <c>applicant</c>, <c>provider</c> or <c>authority</c>.</summary>
    public required string Who { get; init; }
}

/// <summary>What the gateway has to do for a leg.</summary>
internal enum LegWork
{
    /// <summary>Nothing before the gaps are filled.</summary>
    Hold,

    /// <summary>Ask whether the account may go over, before it is handed in.</summary>
    PreCheck,

    /// <summary>Hand it in.</summary>
    Send,

    /// <summary>It may or may not have arrived: ask.</summary>
    Ask,

    /// <summary>It stands on the provider's work list; the provider acts.</summary>
    Listed,

    /// <summary>The provider has it; look for statuses if it does not push them.</summary>
    Watch,

    /// <summary>Ask the provider whether it comes to the proposed visit.</summary>
    Offer,

    /// <summary>The proposed visit stands on the provider's work list; it answers by a status.</summary>
    ListedVisit,

    /// <summary>Take it back at the provider.</summary>
    Withdraw,

    /// <summary>The withdrawal may or may not have arrived: ask.</summary>
    AskWithdrawn,

    /// <summary>The withdrawal stands on the provider's work list.</summary>
    ListedWithdrawal,

    /// <summary>Nothing any more.</summary>
    Done,
}
