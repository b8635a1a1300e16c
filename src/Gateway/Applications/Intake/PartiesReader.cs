using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.Applications.Intake;

/// <summary>Reads the people and the enterprise of an application.</summary>
internal sealed class PartiesReader(
    ApplicationRequest request,
    ServicePolicy? service,
    DateTimeOffset now,
    FaultList faults
)
{
    private const int LargestHousehold = 20;

    public Applicant? ReadApplicant()
    {
        if (request.Applicant is { } applicant)
        {
            CheckKind(applicant);
        }

        return Applicant.Read(request.Applicant, now, faults);
    }

    public Agent? ReadAgent() => Agent.Read(request.Agent, faults);

    public IReadOnlyList<Member> ReadMembers()
    {
        var inputs = request.Members ?? [];
        if (inputs.Count > LargestHousehold)
        {
            faults.Add("/members", "length", "A household has at most 20 further members.");
            return [];
        }

        var members = inputs.Select(ReadMember).ToList();
        var seen = members.Select(member => member?.Person.IdNumber).ToList();
        for (var i = 0; i < seen.Count; i++)
        {
            if (seen[i] is { } number && seen.Take(i).Contains(number))
            {
                faults.Add($"/members/{i}", "duplicate", "Each member is listed once.");
            }
        }

        return [.. members.OfType<Member>()];
    }

    private Member? ReadMember(HouseholdMemberInput input, int index)
    {
        var person = Person.Read(input.Name, input.IdNumber, $"/members/{index}", faults);
        var consents = CaseFields.IsConsent(input.Consent, $"/members/{index}/consent", now, faults);
        return person is null ? null : new Member(person, consents);
    }

    private void CheckKind(ApplicantInput applicant)
    {
        var kinds = service?.Applicants ?? [ApplicantKind.Person, ApplicantKind.Enterprise];
        if (applicant is { Person: null, Enterprise: null })
        {
            var pointer = kinds is [var only] ? $"/applicant/{Name(only)}" : "/applicant";
            faults.Add(pointer, "missing", $"The applicant is needed: {string.Join(" or ", kinds.Select(Name))}.");
        }
        else if (applicant.Enterprise is not null && !kinds.Contains(ApplicantKind.Enterprise))
        {
            faults.Add("/applicant/enterprise", "not-for-service", "Only a person can apply for this service.");
        }
        else if (applicant.Enterprise is null && !kinds.Contains(ApplicantKind.Person))
        {
            faults.Add("/applicant/enterprise", "missing", "Only an enterprise can apply for this service.");
        }
    }

    private static string Name(ApplicantKind kind) => kind == ApplicantKind.Person ? "person" : "enterprise";
}
