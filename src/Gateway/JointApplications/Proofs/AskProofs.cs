using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.HandingOver;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.JointApplications.Opening;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications;
using Integration.Gateway.Verifications.Asking;
using Integration.Gateway.Verifications.Reading;
using Integration.Gateway.Verifications.Recording;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.JointApplications.Proofs;

/// <summary>Fetches proofs of a joint application anew, under the grants that its caller has now.</summary>
internal sealed class AskProofs(
    AskAgencies agencies,
    LegHandover handover,
    PolicyBook policies,
    CallerDirectory callers,
    IOptions<VerificationOptions> options,
    TimeProvider time
)
{
    /// <summary>Asks for the title of a transfer if it holds the leg: a seizure ends only when the registry says so.</summary>
    /// <returns>The title; <see cref="FreshProofs.NotAsked"/> when nothing depends on it; 403 <c>not-granted</c>.</returns>
    public async Task<Result<FreshProofs>> Title(
        CallerContext caller,
        JointFile file,
        Utility utility,
        CancellationToken cancellationToken
    ) =>
        file.Leg(utility) is { } leg && TransferLegs.IsHeldByTitle(leg)
            ? await Ask(
                caller,
                file,
                [ServiceFields.PropertyTitle],
                options.Value.Deadline(time.GetUtcNow(), wish: null),
                cancellationToken
            )
            : FreshProofs.NotAsked;

    /// <summary>Asks for every proof that is open, while nobody waits for the answer.</summary>
    /// <returns>The proofs; 403 <c>not-granted</c>: the caller may not have them asked any more.</returns>
    public async Task<Result<FreshProofs>> Open(JointFile file, CancellationToken cancellationToken)
    {
        var current = callers.Current;
        return current.Find(file.CallerId) is { } client
            ? await Ask(
                new CallerContext(client.Caller, current) { Priority = CallPriority.Batch },
                file,
                LaterProofs.Open(file),
                time.GetUtcNow() + AskAgencies.Unhurried,
                cancellationToken
            )
            : Refusal.NotGranted("Rule client: the client does not exist any more.");
    }

    private async Task<Result<FreshProofs>> Ask(
        CallerContext caller,
        JointFile file,
        IReadOnlyList<string> checks,
        DateTimeOffset deadline,
        CancellationToken cancellationToken
    )
    {
        var form = await handover.Reread(file, cancellationToken);
        var all = JointPlan.Of(form, policies.Version(file.PolicyVersion));
        var plan = new JointPlan([.. all.Checks.Where(check => checks.Contains(check.Key, StringComparer.Ordinal))]);
        if (
            !GrantedRequest
                .Check(
                    caller.Callers,
                    caller.Caller,
                    file.CaseId,
                    file.Purpose,
                    plan.Demands(file.Purpose),
                    time.GetUtcNow()
                )
                .Succeeded(out var granted, out var notGranted)
        )
        {
            return notGranted;
        }

        var evidence = EvidenceFile.Open(granted, file.Basis, file.JointId, file.PolicyVersion);
        var reports = await agencies.Ask(granted, plan.Checks, deadline, caller.Priority);
        evidence.Append(reports, time);
        return new FreshProofs([.. reports.Select(FetchedProof.Of)], evidence.Drafts) { Title = reports.Title() };
    }
}

/// <summary>Proofs that were fetched anew, and the evidence of them.</summary>
internal sealed record FreshProofs(IReadOnlyList<FetchedProof> Proofs, IReadOnlyList<EvidenceDraft> Drafts)
{
    public static FreshProofs NotAsked { get; } = new([], []);

    /// <summary>The title that the registry confirmed among them; null: none.</summary>
    public TitleReference? Title { get; init; }
}
