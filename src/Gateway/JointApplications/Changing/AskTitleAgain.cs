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
using Integration.Gateway.Verifications.Recording;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.JointApplications.Changing;

/// <summary>Fetches the title of a transfer anew: a seizure ends only when the registry says so.</summary>
internal sealed class AskTitleAgain(
    AskAgencies agencies,
    LegHandover handover,
    PolicyBook policies,
    IOptions<VerificationOptions> options,
    TimeProvider time
)
{
    /// <summary>Asks if the leg is held by a seizure.</summary>
    /// <returns>The title; <see cref="FreshTitle.NotAsked"/> when nothing depends on it; 403 <c>not-granted</c>.</returns>
    public async Task<Result<FreshTitle>> Ask(
        CallerContext caller,
        JointFile file,
        Utility utility,
        CancellationToken cancellationToken
    )
    {
        if (file.Leg(utility) is not { } leg || !TransferLegs.IsSeized(leg))
        {
            return FreshTitle.NotAsked;
        }

        var form = await handover.Reread(file, cancellationToken);
        var plan = JointPlan
            .Of(form, policies.Version(file.PolicyVersion))
            .Checks.Where(check => check.Claim.Kind == CheckKind.PropertyTitle)
            .ToList();
        var now = time.GetUtcNow();
        var demands = plan.ConvertAll(check => check.Demand(file.Purpose));
        if (
            !GrantedRequest
                .Check(caller.Callers, caller.Caller, file.CaseId, file.Purpose, demands, now)
                .Succeeded(out var granted, out var notGranted)
        )
        {
            return notGranted;
        }

        var evidence = EvidenceFile.Open(granted, file.Basis, file.JointId, file.PolicyVersion);
        var reports = await agencies.Ask(granted, plan, options.Value.Deadline(now, wish: null), caller.Priority);
        evidence.Append(reports, time);
        return new FreshTitle(FetchedProof.Of(reports[0]), evidence.Drafts);
    }
}

/// <summary>A title that was fetched anew, and the evidence of it.</summary>
internal sealed record FreshTitle(FetchedProof? Proof, IReadOnlyList<EvidenceDraft> Drafts)
{
    public static FreshTitle NotAsked { get; } = new(Proof: null, []);
}
