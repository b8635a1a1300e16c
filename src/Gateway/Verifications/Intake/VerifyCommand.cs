using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Verifications.Intake;

/// <summary>A verification request without a fault, and its plan: one check for each claim.</summary>
/// <param name="Case">In which case, what for, on what ground.</param>
/// <param name="Plan">The checks, in the order asked.</param>
/// <param name="Wait">How long the caller is ready to wait; null leaves it to us.</param>
/// <param name="PolicyVersion">The edition the plan was made by.</param>
/// <param name="AsSent">The request, to be kept sealed.</param>
internal sealed record VerifyCommand(
    CaseFields Case,
    IReadOnlyList<PlannedCheck> Plan,
    TimeSpan? Wait,
    string PolicyVersion,
    VerificationRequest AsSent
)
{
    /// <summary>What the caller has to be granted: the verification itself, and every check of the plan.</summary>
    public IReadOnlyList<GrantDemand> Demands =>
        [new(ServiceFields.Verifications, Case.Purpose, []), .. Plan.Select(check => check.Demand(Case.Purpose))];

    /// <summary>Understands a request: the command, or null and every fault in the list.</summary>
    public static VerifyCommand? Read(
        VerificationRequest request,
        HttpRequest http,
        PolicyEdition policy,
        DateTimeOffset now,
        FaultList faults
    )
    {
        var wait = WaitPreference.Read(http.Headers["Prefer"], faults);
        var caseFields = CaseFields.Read(request.CaseId, request.Purpose, request.Basis, policy, now, faults);
        var claims = new ClaimReader(request, faults).Read();
        return caseFields is not null && faults.IsEmpty
            ? new(caseFields, [.. claims.Select(claim => Planned(claim, policy))], wait, policy.Version, request)
            : null;
    }

    public override string ToString() => nameof(VerifyCommand);

    private static PlannedCheck Planned(Claim claim, PolicyEdition policy) =>
        new(claim.Kind.Service(), claim, policy.Check(claim.Kind));
}
