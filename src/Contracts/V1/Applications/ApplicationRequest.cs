using Integration.Contracts.V1.Verifications;

namespace Integration.Contracts.V1.Applications;

/// <summary>An application for an electricity service. Body of <c>POST /v1/applications</c>.</summary>
public sealed record ApplicationRequest
{
    /// <summary>The caller's own case number; 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>. Never personal data.</summary>
    public string? CaseId { get; init; }

    /// <summary>The service applied for, e.g. <c>low-voltage-residential-new</c>; the policy data lists them.</summary>
    public string? ServiceType { get; init; }

    /// <summary>What the data is for; must fit the service type.</summary>
    public string? Purpose { get; init; }

    /// <summary>The legal basis (个人信息保护法 Art. 13).</summary>
    public LegalBasis? Basis { get; init; }

    /// <summary>Who applies.</summary>
    public ApplicantInput? Applicant { get; init; }

    /// <summary>Who acts for the applicant; absent when the applicant acts.</summary>
    public AgentInput? Agent { get; init; }

    /// <summary>The place to be supplied.</summary>
    public PremisesInput? Premises { get; init; }

    /// <summary>Capacity wanted, kW; more than 0, at most 100,000.</summary>
    public decimal? CapacityKw { get; init; }

    /// <summary>What the electricity is used for, e.g. <c>shop</c>; 1 to 64 characters. Some uses need a supply from two sources.</summary>
    public string? Use { get; init; }

    /// <summary>Number of the existing electricity account; needed for changes to one.</summary>
    [PersonalData]
    public string? Account { get; init; }

    /// <summary>The holder's name before the change; used by <c>rename</c>.</summary>
    [PersonalData]
    public string? FormerName { get; init; }

    /// <summary>The other members of the household; used by <c>multi-resident-household</c>.</summary>
    public IReadOnlyList<HouseholdMemberInput>? Members { get; init; }

    /// <summary>Where the application came in, e.g. <c>online-hall</c>; 1 to 32 of <c>a-z 0-9 -</c>.</summary>
    public string? Channel { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(ApplicationRequest);
}

/// <summary>The applicant: a person, or an enterprise (then the person, if given, is its legal representative).</summary>
public sealed record ApplicantInput
{
    /// <summary>The person.</summary>
    public PersonInput? Person { get; init; }

    /// <summary>The enterprise.</summary>
    public EnterpriseInput? Enterprise { get; init; }

    /// <summary>Consent of a guardian; needed when the person is under 14 (个人信息保护法 Art. 31).</summary>
    public ConsentInput? GuardianConsent { get; init; }
}

/// <summary>A person acting for the applicant.</summary>
public sealed record AgentInput
{
    /// <summary>Full name.</summary>
    [PersonalData]
    public string? Name { get; init; }

    /// <summary>Resident identity number.</summary>
    [PersonalData]
    public string? IdNumber { get; init; }

    /// <summary>Where the authorisation can be looked up; without it the authorisation is missing.</summary>
    public string? AuthorisationReference { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(AgentInput);
}

/// <summary>A consent that stands elsewhere.</summary>
public sealed record ConsentInput
{
    /// <summary>Where it can be looked up; 1 to 128 characters.</summary>
    public string? Reference { get; init; }

    /// <summary>When it was given; not in the future.</summary>
    public DateTimeOffset? GrantedAt { get; init; }
}

/// <summary>The place to be supplied.</summary>
public sealed record PremisesInput
{
    /// <summary>Certificate number of the title; absent for pre-sale homes and unregistered houses.</summary>
    [PersonalData]
    public string? CertificateNumber { get; init; }

    /// <summary>Real-estate unit number.</summary>
    [PersonalData]
    public string? UnitNumber { get; init; }

    /// <summary>Address as people write it; 1 to 200 characters.</summary>
    [PersonalData]
    public string? Address { get; init; }

    /// <summary>On what right the applicant uses the place.</summary>
    public Tenure? Tenure { get; init; }

    /// <summary>The lease; needed with <see cref="Applications.Tenure.Lease"/>.</summary>
    public LeaseInput? Lease { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(PremisesInput);
}

/// <summary>On what right a place is used.</summary>
public enum Tenure
{
    /// <summary>The applicant holds the title.</summary>
    Owner,

    /// <summary>The applicant rents; the landlord holds the title.</summary>
    Lease,

    /// <summary>Anything else: pre-sale, unregistered rural house, borrowed.</summary>
    Other,
}

/// <summary>A lease. Its paper has no shared source: it is uploaded or promised.</summary>
public sealed record LeaseInput
{
    /// <summary>Name of the landlord.</summary>
    [PersonalData]
    public string? LandlordName { get; init; }

    /// <summary>Resident identity number or credit code of the landlord.</summary>
    [PersonalData]
    public string? LandlordCode { get; init; }

    /// <summary>Number under which the lease is filed, if it is.</summary>
    public string? Reference { get; init; }

    /// <summary>First day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? Until { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(LeaseInput);
}

/// <summary>A further member of a household; each gives consent separately.</summary>
public sealed record HouseholdMemberInput
{
    /// <summary>Full name.</summary>
    [PersonalData]
    public string? Name { get; init; }

    /// <summary>Resident identity number.</summary>
    [PersonalData]
    public string? IdNumber { get; init; }

    /// <summary>The member's own consent, or the guardian's when the member is under 14.</summary>
    public ConsentInput? Consent { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(HouseholdMemberInput);
}

/// <summary>A paper handed in. Body of <c>POST /v1/applications/{id}/materials</c>.</summary>
public sealed record MaterialRequest
{
    /// <summary>The proof it stands for, one of the decision's missing list.</summary>
    public string? Proof { get; init; }

    /// <summary>Where the caller keeps the file; 1 to 128 characters, no personal data.</summary>
    public string? Reference { get; init; }

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>A signed promise to hand a paper in later (容缺受理). Body of <c>POST /v1/applications/{id}/commitments</c>.</summary>
public sealed record CommitmentRequest
{
    /// <summary>The proof promised, one of the decision's missing list that accepts a commitment.</summary>
    public string? Proof { get; init; }

    /// <summary>Where the signed promise can be looked up; 1 to 128 characters.</summary>
    public string? Reference { get; init; }

    /// <summary>When it was signed; not in the future.</summary>
    public DateTimeOffset? SignedAt { get; init; }
}

/// <summary>Takes an application back. Body of <c>POST /v1/applications/{id}/withdraw</c>.</summary>
public sealed record WithdrawRequest
{
    /// <summary>Why, in a few words; 1 to 200 characters.</summary>
    [PersonalData]
    public string? Reason { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(WithdrawRequest);
}
