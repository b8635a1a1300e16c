using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications;
using Integration.Gateway.Verifications.Comparing;
using Integration.Gateway.Verifications.Queries;
using Integration.Gateway.Verifications.Recording;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.JointApplications.Proofs;

/// <summary>Fetches proofs of a joint application anew, under the grants that its caller has now.</summary>
internal sealed class ProofQueries(
    AgencyQueries agencies,
    JointApplicationStore store,
    PolicyBook policies,
    CallerDirectory callers,
    IOptions<VerificationOptions> options,
    TimeProvider time
)
{
    /// <summary>Asks for the title of a transfer if it holds the leg: a seizure ends only when the registry says so.</summary>
    /// <returns>The title; <see cref="FreshProofs.NotAsked"/> when nothing depends on it; 403 <c>not-granted</c>.</returns>
    public async Task<Result<FreshProofs>> TitleAsync(CallerContext caller, JointApplication joint, Utility utility) =>
        joint.Leg(utility) is { } leg && TransferLegs.IsHeldByTitle(leg)
            ? await AskAsync(
                caller,
                joint,
                [ServiceFields.PropertyTitle],
                options.Value.Deadline(time.GetUtcNow(), wish: null)
            )
            : FreshProofs.NotAsked;

    /// <summary>Asks for every proof that is open, while no caller waits for the answer.</summary>
    /// <returns>The proofs; 403 <c>not-granted</c>: the caller may not have them asked any more.</returns>
    public async Task<Result<FreshProofs>> OpenAsync(JointApplication joint)
    {
        var current = callers.Current;
        return current.Find(joint.CallerId) is { } client
            ? await AskAsync(
                new CallerContext(client.Caller, current) { Priority = CallPriority.Batch },
                joint,
                LaterProofs.Open(joint),
                time.GetUtcNow() + AgencyQueries.Unhurried
            )
            : Refusal.NotGranted("Rule client: the client does not exist any more.");
    }

    private async Task<Result<FreshProofs>> AskAsync(
        CallerContext caller,
        JointApplication joint,
        IReadOnlyList<string> checks,
        DateTimeOffset deadline
    )
    {
        var policy = policies.Version(joint.PolicyVersion);
        var all = JointPlan.Create(JointFormReader.Reread(store.FormOf(joint), policy, time.GetUtcNow()), policy);
        var plan = new JointPlan([.. all.Checks.Where(check => checks.Contains(check.Key, StringComparer.Ordinal))]);
        if (
            !GrantedRequest
                .Check(
                    caller.Callers,
                    caller.Caller,
                    joint.CaseId,
                    joint.Purpose,
                    plan.Demands(joint.Purpose),
                    time.GetUtcNow()
                )
                .Succeeded(out var granted, out var notGranted)
        )
        {
            return notGranted;
        }

        if (await agencies.FindRefusalAsync() is { } unavailable)
        {
            return unavailable;
        }

        var evidence = EvidenceRecorder.Open(granted, joint.Basis, joint.JointId, joint.PolicyVersion);
        var reports = await agencies.AskAsync(granted, plan.Checks, deadline, caller.Priority);
        evidence.Append(reports, time);
        return new FreshProofs([.. reports.Select(FetchedProof.From)], evidence.Drafts) { Title = reports.Title() };
    }
}

/// <summary>Proofs that were fetched anew, and the evidence of them.</summary>
internal sealed record FreshProofs(IReadOnlyList<FetchedProof> Proofs, IReadOnlyList<EvidenceDraft> Drafts)
{
    public static FreshProofs NotAsked { get; } = new([], []);

    /// <summary>The title that the registry confirmed among them; null: none.</summary>
    public TitleReference? Title { get; init; }
}
