using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Verifications.Intake;

/// <summary>Who applies: an enterprise, with its representative as a person or not, or a person.</summary>
internal sealed record Applicant(Person? Person, Enterprise? Enterprise, bool GuardianConsents)
{
    public ApplicantKind Kind => Enterprise is null ? ApplicantKind.Person : ApplicantKind.Enterprise;

    public PartyName Name => Enterprise?.ActsAs ?? Person!.Name;

    /// <summary>Resident identity number or credit code, in normal form.</summary>
    public string Code => Enterprise?.CreditCode.Value ?? Person!.IdNumber.Value;

    /// <summary>All who speak for the enterprise by name.</summary>
    public IReadOnlyList<PartyName> Representatives =>
        [.. new[] { Enterprise?.LegalRepresentative, Person?.Name }.OfType<PartyName>().Distinct()];

    /// <summary>Reads each member that is given; null and faults when there is neither a sound person nor a sound enterprise.</summary>
    public static Applicant? Read(ApplicantInput? input, DateTimeOffset now, FaultList faults)
    {
        if (input is null)
        {
            faults.Add("/applicant", "missing", "An applicant is needed.");
            return null;
        }

        var person = Person.Read(input.Person, "/applicant/person", faults);
        var enterprise = Enterprise.Read(input.Enterprise, "/applicant/enterprise", faults);
        var consents = CaseFields.IsConsent(input.GuardianConsent, "/applicant/guardianConsent", now, faults);
        return person is null && enterprise is null ? null : new Applicant(person, enterprise, consents);
    }

    public override string ToString() => nameof(Applicant);
}

/// <summary>Who acts for the applicant.</summary>
internal sealed record Agent(Person Person, bool IsAuthorised)
{
    /// <summary>Reads the agent; null when there is none, or with faults.</summary>
    public static Agent? Read(AgentInput? input, FaultList faults)
    {
        if (input is null)
        {
            return null;
        }

        var person = Person.Read(input.Name, input.IdNumber, "/agent", faults);
        var isAuthorised =
            input.AuthorisationReference is { } reference
            && CaseFields.IsReference(reference, "/agent/authorisationReference", faults);
        return person is null ? null : new Agent(person, isAuthorised);
    }
}

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
