using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Reading;

namespace Integration.Gateway.Applications.Reading;

/// <summary>An application without a fault: what the plan, the supply and the limits are made from. Never printed.</summary>
internal sealed record ApplicationForm
{
    public required CaseFields Case { get; init; }

    public required ServicePolicy Service { get; init; }

    public required string Channel { get; init; }

    public required Applicant Applicant { get; init; }

    public Agent? Agent { get; init; }

    public Premises? Premises { get; init; }

    /// <summary>Capacity wanted, kW.</summary>
    public decimal? CapacityKw { get; init; }

    /// <summary>What it is wanted for, in the caller's words.</summary>
    public string? Use { get; init; }

    public string? Account { get; init; }

    public PartyName? FormerName { get; init; }

    public required IReadOnlyList<Member> Members { get; init; }

    /// <summary>How long the caller is ready to wait; null leaves it to us.</summary>
    public TimeSpan? Wait { get; init; }

    public override string ToString() => nameof(ApplicationForm);
}

/// <summary>Who applies: an enterprise, with its representative as a person or not, or a person.</summary>
internal sealed record Applicant(Person? Person, Enterprise? Enterprise, bool GuardianConsents)
{
    public ApplicantKind Kind => Enterprise is null ? ApplicantKind.Person : ApplicantKind.Enterprise;

    public PartyName Name => Enterprise?.Name ?? Person!.Name;

    /// <summary>Resident identity number or credit code, in normal form.</summary>
    public string Code => Enterprise?.CreditCode.Value ?? Person!.IdNumber.Value;

    /// <summary>Everybody who speaks for the enterprise by name.</summary>
    public IReadOnlyList<PartyName> Representatives =>
        [.. new[] { Enterprise?.LegalRepresentative, Person?.Name }.OfType<PartyName>().Distinct()];

    public override string ToString() => nameof(Applicant);
}

/// <summary>Who acts for the applicant.</summary>
internal sealed record Agent(Person Person, bool IsAuthorised);

/// <summary>The place to be supplied.</summary>
internal sealed record Premises(TitleReference Title, Tenure Tenure, Landlord? Landlord);

/// <summary>Who lets the place.</summary>
/// <param name="Name">Name.</param>
/// <param name="Code">Resident identity number or credit code in normal form, when known.</param>
/// <param name="Person">The landlord as a person, when the number is a person's.</param>
internal sealed record Landlord(PartyName Name, string? Code, Person? Person)
{
    public override string ToString() => nameof(Landlord);
}

/// <summary>A further member of the household.</summary>
internal sealed record Member(Person Person, bool Consents);
