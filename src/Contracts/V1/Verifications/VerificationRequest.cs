namespace Integration.Contracts.V1.Verifications;

/// <summary>Asks for one or more checks of one party in one case. Body of <c>POST /v1/verifications</c>.</summary>
public sealed record VerificationRequest
{
    /// <summary>The caller's own case number; 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>. Never personal data.</summary>
    public string? CaseId { get; init; }

    /// <summary>What the data is for, e.g. <c>electricity.new-connection</c>. The grant names the allowed purposes.</summary>
    public string? Purpose { get; init; }

    /// <summary>The legal basis of the request (个人信息保护法 Art. 13).</summary>
    public LegalBasis? Basis { get; init; }

    /// <summary>The person to check; needed for <see cref="CheckName.Identity"/>.</summary>
    public PersonInput? Person { get; init; }

    /// <summary>The enterprise to check; needed for <see cref="CheckName.BusinessLicence"/>.</summary>
    public EnterpriseInput? Enterprise { get; init; }

    /// <summary>The title to check; needed for <see cref="CheckName.PropertyTitle"/>.</summary>
    public PropertyInput? Property { get; init; }

    /// <summary>The checks wanted, each at most once, at least one.</summary>
    public IReadOnlyList<CheckName>? Checks { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(VerificationRequest);
}

/// <summary>Why personal data may be asked for in this case.</summary>
public sealed record LegalBasis
{
    /// <summary>The kind of basis.</summary>
    public BasisKind? Kind { get; init; }

    /// <summary>Where the basis can be looked up, e.g. the number of the consent; 1 to 128 characters.</summary>
    public string? Reference { get; init; }

    /// <summary>When it was given; not in the future.</summary>
    public DateTimeOffset? GrantedAt { get; init; }
}

/// <summary>The kinds of legal basis (个人信息保护法 Art. 13).</summary>
public enum BasisKind
{
    /// <summary>The person agreed (Art. 13.1).</summary>
    Consent,

    /// <summary>Needed for a contract with the person (Art. 13.2).</summary>
    Contract,

    /// <summary>Needed for a legal duty (Art. 13.3).</summary>
    LegalDuty,
}

/// <summary>A natural person as the caller knows him or her.</summary>
public sealed record PersonInput
{
    /// <summary>Full name.</summary>
    [PersonalData]
    public string? Name { get; init; }

    /// <summary>Resident identity number, 18 or 15 characters (GB 11643).</summary>
    [PersonalData]
    public string? IdNumber { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(PersonInput);
}

/// <summary>An enterprise as the caller knows it.</summary>
public sealed record EnterpriseInput
{
    /// <summary>Registered name.</summary>
    [PersonalData]
    public string? Name { get; init; }

    /// <summary>Unified social credit code (GB 32100).</summary>
    [PersonalData]
    public string? Uscc { get; init; }

    /// <summary>Name of the legal representative; compared when given.</summary>
    [PersonalData]
    public string? LegalRepresentative { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(EnterpriseInput);
}

/// <summary>A property title as the caller knows it. The certificate number or the unit number is needed.</summary>
public sealed record PropertyInput
{
    /// <summary>Certificate number (不动产权证号), any width and spacing.</summary>
    [PersonalData]
    public string? CertificateNumber { get; init; }

    /// <summary>Real-estate unit number (不动产单元号), 28 characters.</summary>
    [PersonalData]
    public string? UnitNumber { get; init; }

    /// <summary>Name of the holder; without it the name of the person or enterprise of the request is compared.</summary>
    [PersonalData]
    public string? HolderName { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(PropertyInput);
}

/// <summary>The checks a caller can ask for by name.</summary>
public enum CheckName
{
    /// <summary>Name and identity number against the population registry.</summary>
    Identity,

    /// <summary>Code, name, legal representative and standing against the enterprise register.</summary>
    BusinessLicence,

    /// <summary>Certificate, unit and holder against the real-estate registry.</summary>
    PropertyTitle,
}
