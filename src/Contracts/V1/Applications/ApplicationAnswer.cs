using System.Text.Json.Serialization;
using Integration.Contracts.V1.Verifications;

namespace Integration.Contracts.V1.Applications;

/// <summary>An application and where it stands.</summary>
public sealed record ApplicationResponse
{
    /// <summary>Our number, <c>app_…</c>.</summary>
    public required string ApplicationId { get; init; }

    /// <summary>The caller's case number.</summary>
    public required string CaseId { get; init; }

    /// <summary>Whether it is open or withdrawn.</summary>
    public required ApplicationState State { get; init; }

    /// <summary>When it was accepted: the server's time of the first decision.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The decision in force.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Time limits that run from acceptance; the table in force on the day of acceptance.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>What can be said about the supply at acceptance.</summary>
    public required Supply Supply { get; init; }

    /// <summary>Whether it is a simple connection (极简报装); absent when no enterprise is connected.</summary>
    public SimpleConnection? SimpleConnection { get; init; }

    /// <summary>Promises that are open.</summary>
    public required IReadOnlyList<OpenCommitment> Commitments { get; init; }

    /// <summary>When unavailable sources are asked again by themselves; null when nothing is open.</summary>
    public DateTimeOffset? RecheckAt { get; init; }

    /// <summary>Earlier decisions, oldest first, the one in force last.</summary>
    public required IReadOnlyList<DecisionEntry> History { get; init; }

    /// <summary>Our signature over this answer.</summary>
    public required Receipt Receipt { get; init; }
}

/// <summary>Whether an application is still going on.</summary>
public enum ApplicationState
{
    /// <summary>Being processed.</summary>
    Open,

    /// <summary>Taken back by the applicant.</summary>
    Withdrawn,
}

/// <summary>What was decided, by which rule, on which proofs.</summary>
public sealed record Decision
{
    /// <summary>The outcome.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>The rule that decided; <c>docs/spec/decisions.md</c> lists them.</summary>
    public required string Rule { get; init; }

    /// <summary>One sentence in Chinese for the applicant: what was decided and what to do next.</summary>
    public required string Explanation { get; init; }

    /// <summary>Every proof the service needs and how it stands.</summary>
    public required IReadOnlyList<ProofResult> Proofs { get; init; }

    /// <summary>The complete list of what is missing (优化营商环境条例 Art. 36: told once).</summary>
    public required IReadOnlyList<MissingProof> Missing { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>Version of the policy data that decided.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>The evidence record of the decision.</summary>
    public required string EvidenceId { get; init; }
}

/// <summary>The closed set of decisions. None refuses: a person can always look (个人信息保护法 Art. 24).</summary>
public enum DecisionOutcome
{
    /// <summary>Accepted without any paper.</summary>
    ZeroCertificate,

    /// <summary>Exactly one paper is needed.</summary>
    OneCertificate,

    /// <summary>Accepted; promises or unanswered checks are open.</summary>
    Provisional,

    /// <summary>Several papers are missing; the list is complete.</summary>
    Supplement,

    /// <summary>A person has to look.</summary>
    Review,
}

/// <summary>How one proof stands.</summary>
public sealed record ProofResult
{
    /// <summary>The proof, a name of the policy data.</summary>
    public required string Proof { get; init; }

    /// <summary>How it was satisfied; null when it is not.</summary>
    public ProofSource? SatisfiedBy { get; init; }

    /// <summary>Outcome of the check behind it; null when there is no shared source.</summary>
    public CheckOutcome? Outcome { get; init; }

    /// <summary>The fields that differ, never their values.</summary>
    public required IReadOnlyList<string> Mismatches { get; init; }

    /// <summary>
    /// The fields that could not be held against the record (missing there, masked, or in another system): they decided nothing. Never their
    /// values; empty as a rule.
    /// </summary>
    public IReadOnlyList<string> NotComparable { get; init; } = [];

    /// <summary>Who answered.</summary>
    public SourceReference? Source { get; init; }

    /// <summary>The evidence record of the check.</summary>
    public string? EvidenceId { get; init; }

    /// <summary>One sentence about this proof.</summary>
    public string? Note { get; init; }
}

/// <summary>The rungs of the ladder on which a proof can be satisfied.</summary>
public enum ProofSource
{
    /// <summary>An agency's shared data.</summary>
    SharedData,

    /// <summary>An electronic licence.</summary>
    ElectronicLicence,

    /// <summary>A reference given with the application, e.g. to a consent or an authorisation.</summary>
    Reference,

    /// <summary>A paper handed in.</summary>
    Upload,

    /// <summary>A signed promise.</summary>
    Commitment,
}

/// <summary>A proof that is missing and what would do instead.</summary>
public sealed record MissingProof
{
    /// <summary>The proof.</summary>
    public required string Proof { get; init; }

    /// <summary>What is accepted: <c>upload</c>, <c>commitment</c>.</summary>
    public required IReadOnlyList<string> Accepts { get; init; }

    /// <summary>What it is, in Chinese.</summary>
    public required string Text { get; init; }
}

/// <summary>A time limit that runs.</summary>
public sealed record Limit
{
    /// <summary>The limit, a name of the policy data.</summary>
    [JsonPropertyName("limit")]
    public required string Name { get; init; }

    /// <summary>When it is reached; null when the calendar of a year it needs is not published (see <see cref="Note"/>).</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Law or plan it comes from.</summary>
    public required string LegalReference { get; init; }

    /// <summary>Why there is no due time.</summary>
    public string? Note { get; init; }
}

/// <summary>What can be said about the supply at acceptance.</summary>
public sealed record Supply
{
    /// <summary>Voltage level, e.g. <c>220V</c>, <c>380V</c>, <c>10kV</c>.</summary>
    public required string Voltage { get; init; }

    /// <summary>Whether the connection costs the customer nothing.</summary>
    public required bool ZeroCost { get; init; }

    /// <summary>The rule of the policy data that says so.</summary>
    public required string Rule { get; init; }

    /// <summary>The supply plan; null when grid data do not allow one yet.</summary>
    public SupplyPlan? Plan { get; init; }
}

/// <summary>A supply plan answered at acceptance.</summary>
public sealed record SupplyPlan
{
    /// <summary>How the place is connected: <c>direct</c> or <c>extension</c>.</summary>
    public required string Connection { get; init; }

    /// <summary>Distance to the nearest low-voltage line, metres.</summary>
    public required decimal DistanceMetres { get; init; }

    /// <summary>Spare capacity there, kW.</summary>
    public required decimal SpareCapacityKw { get; init; }

    /// <summary>One sentence in Chinese.</summary>
    public required string Text { get; init; }
}

/// <summary>A promise that is open.</summary>
public sealed record OpenCommitment
{
    /// <summary>The proof promised.</summary>
    public required string Proof { get; init; }

    /// <summary>By when; null when the calendar of a year it needs is not published.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>One decision of the history.</summary>
public sealed record DecisionEntry
{
    /// <summary>The outcome.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>The rule that decided.</summary>
    public required string Rule { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>What set it off: <c>application</c>, <c>material</c>, <c>commitment</c>, <c>recheck</c>, <c>withdrawal</c>.</summary>
    public required string Trigger { get; init; }

    /// <summary>The evidence record.</summary>
    public required string EvidenceId { get; init; }
}
