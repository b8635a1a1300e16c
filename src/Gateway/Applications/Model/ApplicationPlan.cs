using Integration.Gateway.Grants;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.Applications.Model;

/// <summary>Which proofs one application needs and whom to ask. Pure: form and policy in, plan out.</summary>
internal sealed record ApplicationPlan(IReadOnlyList<PlannedProof> Proofs)
{
    /// <summary>Younger than this, a guardian consents (个人信息保护法 Art. 31).</summary>
    private const int AgeOfOwnConsent = 14;

    public IReadOnlyList<PlannedCheck> Checks => [.. Proofs.Select(proof => proof.Check).OfType<PlannedCheck>()];

    /// <summary>What the caller has to be granted: the application itself, and every kind of check once.</summary>
    public IReadOnlyList<GrantDemand> Demands(string purpose) =>
        [
            new GrantDemand(ServiceFields.Applications, purpose, []),
            .. Checks.DistinctBy(check => check.Claim.Kind).Select(check => check.Demand(purpose)),
        ];

    /// <summary>Expands the policy's proofs into those of this application.</summary>
    /// <param name="form">The application.</param>
    /// <param name="policy">The edition in force when it was accepted.</param>
    /// <param name="today">The day on which ages count, Asia/Shanghai.</param>
    public static ApplicationPlan Create(ApplicationForm form, PolicyEdition policy, DateOnly today) =>
        new([.. form.Service.Proofs.SelectMany(needed => Expand(needed, form, policy, today))]);

    private static IEnumerable<PlannedProof> Expand(
        NeededProof needed,
        ApplicationForm form,
        PolicyEdition policy,
        DateOnly today
    )
    {
        var proof = policy.Proof(needed.Proof);
        IEnumerable<(string Key, Member? Member)> subjects =
            proof.Subject == ProofSubject.EachMember
                ? form.Members.Select((member, index) => ($"{proof.Name}.{index + 1}", (Member?)member))
                : [(proof.Name, null)];
        return subjects
            .Where(subject => (needed.When ?? []).All(condition => Holds(condition, form, subject.Member, today)))
            .Select(subject => Plan(subject.Key, proof, form, subject.Member, policy));
    }

    private static PlannedProof Plan(
        string key,
        ProofPolicy proof,
        ApplicationForm form,
        Member? member,
        PolicyEdition policy
    )
    {
        var claim = proof.Check is { } kind ? PlannedClaims.Create(kind, proof.Subject, form, member) : null;
        return new PlannedProof(
            key,
            proof,
            claim is null ? null : new PlannedCheck(key, claim, policy.Check(claim.Kind)),
            IsGiven(proof.GivenBy, form, member)
        );
    }

    private static bool Holds(ProofCondition condition, ApplicationForm form, Member? member, DateOnly today) =>
        condition switch
        {
            ProofCondition.ApplicantIsPerson => form.Applicant.Kind == ApplicantKind.Person,
            ProofCondition.ApplicantIsEnterprise => form.Applicant.Kind == ApplicantKind.Enterprise,
            ProofCondition.ApplicantIsUnder14 => form.Applicant is { Enterprise: null, Person: { } person }
                && IsUnder14(person, today),
            ProofCondition.RepresentativeIsGiven => form.Applicant is { Enterprise: not null, Person: not null },
            ProofCondition.AgentActs => form.Agent is not null,
            ProofCondition.PremisesAreLeased => form.Premises?.Landlord is not null,
            ProofCondition.LandlordIsPerson => form.Premises?.Landlord?.Person is not null,
            ProofCondition.TitleIsGiven => form.Premises is { Title.IsEmpty: false },
            ProofCondition.MemberIsUnder14 => member is not null && IsUnder14(member.Person, today),
            ProofCondition.MemberIs14OrOlder => member is not null && !IsUnder14(member.Person, today),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, message: null),
        };

    private static bool IsUnder14(Person person, DateOnly today) => person.IdNumber.AgeOn(today) < AgeOfOwnConsent;

    private static bool IsGiven(ReferencePart? part, ApplicationForm form, Member? member) =>
        part switch
        {
            null => false,
            ReferencePart.GuardianConsent => form.Applicant.GuardianConsents,
            ReferencePart.AgentAuthorisation => form.Agent is { IsAuthorised: true },
            ReferencePart.MemberConsent => member is { Consents: true },
            _ => throw new ArgumentOutOfRangeException(nameof(part), part, message: null),
        };
}
