using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;

namespace Integration.Contracts.V1.JointApplications;

/// <summary>One form for several utilities (水电气网). Body of <c>POST /v1/joint-applications</c>.</summary>
public sealed record JointApplicationRequest
{
    /// <summary>The caller's own case number; 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>. Never personal data.</summary>
    public string? CaseId { get; init; }

    /// <summary><c>joint.new</c> or <c>joint.transfer</c>, as the kind.</summary>
    public string? Purpose { get; init; }

    /// <summary>The legal basis of what is fetched and verified (个人信息保护法 Art. 13).</summary>
    public LegalBasis? Basis { get; init; }

    /// <summary>New connections, or the transfer of existing accounts.</summary>
    public JointKind? Kind { get; init; }

    /// <summary>Who applies.</summary>
    public ApplicantInput? Applicant { get; init; }

    /// <summary>Who acts for the applicant (代办); absent when the applicant acts.</summary>
    public AgentInput? Agent { get; init; }

    /// <summary>The place to be supplied.</summary>
    public PremisesInput? Premises { get; init; }

    /// <summary>The utilities ticked, 1 to 5, each once.</summary>
    public IReadOnlyList<UtilityWish>? Utilities { get; init; }

    /// <summary>Who had the accounts before; needed for a transfer.</summary>
    public FormerHolderInput? Former { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(JointApplicationRequest);
}

/// <summary>What a joint application is for.</summary>
public enum JointKind
{
    /// <summary>New connections.</summary>
    New,

    /// <summary>The accounts go over with the property (不动产+水电气).</summary>
    Transfer,
}

/// <summary>Who supplies.</summary>
public enum Utility
{
    /// <summary>Electricity (供电).</summary>
    Electricity,

    /// <summary>Water (供水).</summary>
    Water,

    /// <summary>Gas (燃气).</summary>
    Gas,

    /// <summary>Telecommunications network (通信).</summary>
    Network,

    /// <summary>Cable television (广电).</summary>
    Television,
}

/// <summary>One ticked utility.</summary>
public sealed record UtilityWish
{
    /// <summary>Which.</summary>
    public Utility? Utility { get; init; }

    /// <summary>What is needed of it.</summary>
    public UtilityNeed? Need { get; init; }

    /// <summary>The consent that this receiver gets the form and its proofs; each receiver has its own (个人信息保护法 Art. 23).</summary>
    public ConsentInput? Consent { get; init; }
}

/// <summary>What is needed of a utility; each has members of its own.</summary>
public sealed record UtilityNeed
{
    /// <summary>Electricity: capacity, kW; more than 0, at most 100,000.</summary>
    public decimal? CapacityKw { get; init; }

    /// <summary>Water and gas: highest flow, m³/h; more than 0, at most 10,000.</summary>
    public decimal? PeakFlow { get; init; }

    /// <summary>Network: bandwidth, Mbit/s; more than 0, at most 100,000.</summary>
    public int? BandwidthMbit { get; init; }

    /// <summary>Television: outlets; 1 to 1,000.</summary>
    public int? Outlets { get; init; }

    /// <summary>What it is used for, e.g. <c>shop</c>; 1 to 64 characters.</summary>
    public string? Use { get; init; }
}

/// <summary>Who had the accounts before.</summary>
public sealed record FormerHolderInput
{
    /// <summary>Name the accounts run under.</summary>
    [PersonalData]
    public string? Holder { get; init; }

    /// <summary>The accounts to be transferred, one for each ticked utility.</summary>
    public IReadOnlyList<AccountInput>? Accounts { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(FormerHolderInput);
}

/// <summary>An account at a utility.</summary>
public sealed record AccountInput
{
    /// <summary>At which.</summary>
    public Utility? Utility { get; init; }

    /// <summary>Its number; 1 to 32 of <c>A-Z a-z 0-9 -</c>.</summary>
    [PersonalData]
    public string? Account { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(AccountInput);
}

/// <summary>Fills the gaps of one leg and sends it again. Body of <c>POST /v1/joint-applications/{id}/legs/{utility}/resend</c>.</summary>
public sealed record LegResendRequest
{
    /// <summary>Replaces what was needed; absent: as before.</summary>
    public UtilityNeed? Need { get; init; }

    /// <summary>The consent, if it was missing.</summary>
    public ConsentInput? Consent { get; init; }

    /// <summary>The account, if it was missing or wrong.</summary>
    [PersonalData]
    public string? Account { get; init; }

    /// <summary>Papers that were missing, at most 20.</summary>
    public IReadOnlyList<MaterialRequest>? Materials { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(LegResendRequest);
}

/// <summary>Proposes one visit for all. Body of <c>POST /v1/joint-applications/{id}/surveys</c>.</summary>
public sealed record SurveyRequest
{
    /// <summary>Beginning of the visit; in the future.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>End of the visit; at most 8 hours later.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A permit asked for or given. Body of <c>POST /v1/joint-applications/{id}/permits</c>.</summary>
public sealed record PermitRequest
{
    /// <summary>One of <c>planning</c>, <c>road</c>, <c>greenLand</c>, <c>traffic</c>.</summary>
    public PermitKind? Permit { get; init; }

    /// <summary>What became of it.</summary>
    public PermitState? State { get; init; }

    /// <summary>File number at the authority; 1 to 128 characters.</summary>
    public string? Reference { get; init; }

    /// <summary>The legs that wait for it; absent: all.</summary>
    public IReadOnlyList<Utility>? Utilities { get; init; }
}

/// <summary>Closes a problem out (销号). Body of <c>POST /v1/joint-applications/{id}/legs/{utility}/problems/{number}/close</c>.</summary>
public sealed record ProblemCloseRequest
{
    /// <summary>Where it is on file how it was settled, e.g. the repayment; 1 to 128 characters. Never personal data.</summary>
    public string? Reference { get; init; }
}

/// <summary>What a work in public ground may need.</summary>
public enum PermitKind
{
    /// <summary>Planning permission (规划许可).</summary>
    Planning,

    /// <summary>Digging up a road (掘路).</summary>
    Road,

    /// <summary>Use of green land (占绿).</summary>
    GreenLand,

    /// <summary>Traffic (交通导改).</summary>
    Traffic,
}

/// <summary>Where a permit stands.</summary>
public enum PermitState
{
    /// <summary>Applied for; legs that need it wait.</summary>
    AppliedFor,

    /// <summary>Given.</summary>
    Granted,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>A small job, which is filed only (备案): the legs do not wait for it.</summary>
    Filed,
}
