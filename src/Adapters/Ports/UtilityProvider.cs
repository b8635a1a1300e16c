using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Ports;

/// <summary>A provider of a utility, and how it likes to be dealt with.</summary>
public interface IUtilityProvider
{
    /// <summary>Which utility it supplies.</summary>
    Utility Utility { get; }

    /// <summary>How it works.</summary>
    UtilityHabits Habits { get; }
}

/// <summary>
/// A provider that we call (or whose files we write and read). Never throws for what a provider or a network does. Every
/// operation carries a key under which the provider takes it once; after <see cref="AgencyAnswer{TFacts}.Unanswered"/> it is
/// not known whether it arrived, and <see cref="FindAsync"/> has to be asked before it is sent again.
/// </summary>
public interface ICalledProvider : IUtilityProvider
{
    /// <summary>The agency's name, as in settings, metrics and evidence.</summary>
    string Agency { get; }

    /// <summary>Hands a leg in.</summary>
    Task<AgencyAnswer<LegReceipt>> SendAsync(
        LegOrder order,
        AgencyRequest request,
        CancellationToken cancellationToken
    );

    /// <summary>Did it arrive? <see cref="AgencyAnswer{TFacts}.Unknown"/>: it did not.</summary>
    Task<AgencyAnswer<LegReceipt>> FindAsync(LegKey leg, AgencyRequest request, CancellationToken cancellationToken);

    /// <summary>Takes a leg back. <see cref="AgencyAnswer{TFacts}.Unknown"/>: the provider never had it.</summary>
    Task<AgencyAnswer<LegReceipt>> WithdrawAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    );

    /// <summary>Everything the provider has said of a leg so far, in any order; only asked when it is polled.</summary>
    Task<AgencyAnswer<IReadOnlyList<ProviderStatus>>> GetStatusesAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    );

    /// <summary>Can you come then?</summary>
    Task<AgencyAnswer<VisitReply>> OfferVisitAsync(
        LegKey leg,
        VisitSlot slot,
        AgencyRequest request,
        CancellationToken cancellationToken
    );

    /// <summary>Does the account allow a transfer? <see cref="AgencyAnswer{TFacts}.Unknown"/>: there is no such account.</summary>
    Task<AgencyAnswer<TransferCheck>> PreCheckAsync(
        TransferQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>How a provider works.</summary>
public sealed record UtilityHabits
{
    /// <summary>How it gets its work.</summary>
    public required LegDeliveryHabit Delivery { get; init; }

    /// <summary>How often its statuses are asked for; null: it pushes them.</summary>
    public TimeSpan? PollEvery { get; init; }
}

/// <summary>How a provider gets its work.</summary>
public enum LegDeliveryHabit
{
    /// <summary>We hand it over.</summary>
    Called,

    /// <summary>It logs in with us and pulls its work list.</summary>
    WorkList,
}

/// <summary>What a leg is known by.</summary>
/// <param name="Key">Our idempotency key of this sending: the leg's number and a count, 1 to 100 ASCII characters.</param>
/// <param name="LegId">The leg.</param>
/// <param name="Reference">The provider's own number; null as long as we do not know it.</param>
public sealed record LegKey(string Key, string LegId, string? Reference);

/// <summary>A leg as it is handed to a provider: only what the form says and the provider's grants name; the rest is null.</summary>
public sealed record LegOrder
{
    /// <summary>What it is known by.</summary>
    public required LegKey Leg { get; init; }

    /// <summary>What it is for.</summary>
    public required JointKind Kind { get; init; }

    /// <summary>Reference of the consent that this provider gets the form.</summary>
    public required string Consent { get; init; }

    /// <summary>What is needed.</summary>
    public required UtilityNeed Need { get; init; }

    /// <summary>Fields of the form by the names of <c>docs/spec/joint-applications.md</c>: <c>applicant.name</c>, <c>applicant.code</c>, <c>applicant.legalRepresentative</c>, <c>agent.name</c>, <c>premises.address</c>, <c>premises.unitNumber</c>, <c>premises.certificateNumber</c>, <c>account</c>, <c>former.holder</c>.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>The proofs handed on; also what a provider that takes attachments gets one by one.</summary>
    public required IReadOnlyList<HandedProof> Proofs { get; init; }

    /// <summary>Papers that the applicant handed in.</summary>
    public required IReadOnlyList<LegPaper> Papers { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(LegOrder);
}

/// <summary>A paper that stands elsewhere.</summary>
/// <param name="Proof">What it stands for.</param>
/// <param name="Reference">Where it is kept.</param>
/// <param name="Sha256">Its digest, lower hex.</param>
public sealed record LegPaper(string Proof, string Reference, string Sha256);

/// <summary>The provider has it.</summary>
/// <param name="Reference">Its number there; null when it has given none yet.</param>
/// <param name="IsComplete">False: attachments are still missing; sending it again under the same key completes it.</param>
/// <param name="IsWithdrawn">It is taken back there.</param>
public sealed record LegReceipt(string? Reference, bool IsComplete = true, bool IsWithdrawn = false)
{
    /// <summary>What the provider misses; empty: nothing. It does not take the leg on before.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

/// <summary>One status as the provider said it.</summary>
public sealed record ProviderStatus
{
    /// <summary>The provider's number of the status, or one that the adapter derives from its content; the same for the same status.</summary>
    public required string StatusId { get; init; }

    /// <summary>The code as it came.</summary>
    public required string Code { get; init; }

    /// <summary>What it means; null: we do not know the code.</summary>
    public LegState? State { get; init; }

    /// <summary>When it happened, as the provider says.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>More about it.</summary>
    public string? Detail { get; init; }

    /// <summary>Who causes a suspension: <c>applicant</c>, <c>provider</c> or <c>authority</c>.</summary>
    public string? Who { get; init; }

    /// <summary>What is missing, when it was returned.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Fees charged.</summary>
    public IReadOnlyList<LegFee> Fees { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => nameof(ProviderStatus);
}

/// <summary>A time for a visit.</summary>
public sealed record VisitSlot(DateTimeOffset From, DateTimeOffset Until);

/// <summary>A provider's answer to a proposed visit.</summary>
/// <param name="IsConfirmed">False: it cannot come then.</param>
public sealed record VisitReply(bool IsConfirmed);

/// <summary>An account that is to be transferred. Only the provider knows whose name it runs under: it has to be told whom to look for.</summary>
/// <param name="Account">Its number at the provider.</param>
/// <param name="FormerHolder">The name it should still run under.</param>
public sealed record TransferQuestion(string Account, string FormerHolder)
{
    /// <inheritdoc />
    public override string ToString() => nameof(TransferQuestion);
}

/// <summary>What a provider says of an account that is to be transferred.</summary>
/// <param name="HasArrears">Something is owed: it has to be paid first.</param>
/// <param name="IsStillFormerHolders">The account runs under the former owner's name; false: under another name.</param>
public sealed record TransferCheck(bool HasArrears, bool IsStillFormerHolders);
