namespace Integration.Gateway.Policy;

/// <summary>One service a customer can apply for.</summary>
internal sealed record ServicePolicy
{
    public required string Name { get; init; }

    /// <summary>What it is called in Chinese.</summary>
    public required string Text { get; init; }

    /// <summary>The purposes under which it may be applied for.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>Who may apply.</summary>
    public required IReadOnlyList<ApplicantKind> Applicants { get; init; }

    /// <summary>Further parts of the request that it cannot do without.</summary>
    public required IReadOnlyList<RequestPart> Needs { get; init; }

    public required ConnectionKind Connection { get; init; }

    /// <summary>What has to be true of the account; null when the service has none.</summary>
    public AccountPolicy? Account { get; init; }

    /// <summary>A seizure forbids it (民事诉讼法 Art. 253), instead of only calling for a look.</summary>
    public bool ForbiddenBySeizure { get; init; }

    public required IReadOnlyList<NeededProof> Proofs { get; init; }

    public required IReadOnlyList<NeededLimit> Limits { get; init; }

    /// <summary>Who answers for its clocks within an office; null: the service itself.</summary>
    public string? Team { get; init; }

    public required string LegalReference { get; init; }
}

/// <summary>Who applies.</summary>
internal enum ApplicantKind
{
    Person,
    Enterprise,
}

/// <summary>Parts of an application that not every service needs.</summary>
internal enum RequestPart
{
    Premises,
    Account,
    Capacity,
    FormerName,
    Members,
}

/// <summary>Under whose name the account runs, and whether anything may be owed.</summary>
internal sealed record AccountPolicy(AccountHolder Holder, bool OwesNothing);

/// <summary>Under whose name an account has to run.</summary>
internal enum AccountHolder
{
    Anyone,
    Applicant,
    FormerName,
}

/// <summary>What the service does to the grid.</summary>
internal enum ConnectionKind
{
    /// <summary>Nothing: names and accounts only.</summary>
    None,

    Residential,

    NonResidential,

    /// <summary>10 kV and more, of any capacity.</summary>
    HighVoltage,

    /// <summary>An existing connection grows: residential for a person, else non-residential.</summary>
    Existing,
}

/// <summary>A proof a service needs when every condition holds.</summary>
internal sealed record NeededProof(string Proof, IReadOnlyList<ProofCondition>? When);

/// <summary>Conditions under which a proof is needed. Those about a member are asked for each member.</summary>
internal enum ProofCondition
{
    ApplicantIsPerson,
    ApplicantIsEnterprise,
    ApplicantIsUnder14,

    /// <summary>An enterprise applies and names its legal representative as a person.</summary>
    RepresentativeIsGiven,
    AgentActs,
    PremisesAreLeased,
    LandlordIsPerson,

    /// <summary>Certificate or unit number is part of the request.</summary>
    TitleIsGiven,
    MemberIsUnder14,
    MemberIs14OrOlder,
}

/// <summary>A time limit a service has when every condition holds.</summary>
internal sealed record NeededLimit(string Limit, IReadOnlyList<LimitCondition>? When);

/// <summary>Conditions under which a limit runs.</summary>
internal enum LimitCondition
{
    /// <summary>Every condition of a simple connection holds (<see cref="SimpleConnectionPolicy"/>).</summary>
    ConnectionIsSimple,

    /// <summary>The supply plan says direct connection: no works outside.</summary>
    ConnectionIsDirect,

    /// <summary>No supply plan, or one with an extension of the grid.</summary>
    ConnectionIsNotDirect,

    /// <summary>The supply is at one of the levels below high voltage.</summary>
    SupplyIsLowVoltage,

    /// <summary>The supply is at high voltage; the service that was applied for does not matter.</summary>
    SupplyIsHighVoltage,
}

/// <summary>A proof: what stands behind it and what does instead.</summary>
internal sealed record ProofPolicy
{
    public required string Name { get; init; }

    /// <summary>What the paper is called in Chinese.</summary>
    public required string Text { get; init; }

    /// <summary>Whom or what it is about.</summary>
    public required ProofSubject Subject { get; init; }

    /// <summary>The check that satisfies it; null when there is no shared source.</summary>
    public CheckKind? Check { get; init; }

    /// <summary>The part of the request that satisfies it by a reference; null when none does.</summary>
    public ReferencePart? GivenBy { get; init; }

    /// <summary>The rungs of the ladder below shared data.</summary>
    public required IReadOnlyList<PaperKind> Accepts { get; init; }

    /// <summary>Working days in which a promised paper has to come.</summary>
    public int? CommitmentWorkingDays { get; init; }

    /// <summary>A register that does not know the record yet is asked again (it may lag behind).</summary>
    public bool RecheckWhenNotFound { get; init; }

    public required string LegalReference { get; init; }
}

/// <summary>Parts of a request that point to a paper kept elsewhere.</summary>
internal enum ReferencePart
{
    GuardianConsent,
    AgentAuthorisation,
    MemberConsent,
}

/// <summary>Whom or what a proof is about.</summary>
internal enum ProofSubject
{
    Applicant,
    Representative,
    Agent,
    Landlord,

    /// <summary>One proof for each further member of the household.</summary>
    EachMember,
    Premises,
    Lease,
    Account,
    Project,
}

/// <summary>What a customer can bring instead of shared data.</summary>
internal enum PaperKind
{
    Upload,

    /// <summary>A signed promise (容缺受理).</summary>
    Commitment,
}

/// <summary>A time limit. The figures are averages in the plan; here they are the limit of one case.</summary>
/// <param name="Name">e.g. <c>small-micro-direct</c>.</param>
/// <param name="Text">What it is called in Chinese.</param>
/// <param name="Clock">The clock it is about, one of <see cref="ClockNames"/>.</param>
/// <param name="WorkingDays">At least 1.</param>
/// <param name="LegalReference">What it rests on.</param>
internal sealed record LimitPolicy(string Name, string Text, string Clock, int WorkingDays, string LegalReference);
