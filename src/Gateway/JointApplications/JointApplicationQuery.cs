using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications;

/// <summary>
/// Shows a joint application to its owner and to operators. What the form says is never shown; what providers wrote in words of their own is,
/// and may hold personal data: each look at it is on record before the answer leaves.
/// </summary>
internal sealed class JointApplicationQuery(
    JointApplicationHandlers joints,
    JointApplicationResponses responses,
    LookRecorder looks
)
{
    /// <summary>The joint application.</summary>
    /// <returns>It; 404: there is none for this caller; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<JointApplicationResponse>> HandleAsync(
        CallerContext caller,
        string jointId,
        CancellationToken cancellationToken
    )
    {
        if (await joints.FindAsync(jointId, caller.Caller, cancellationToken) is not { } joint)
        {
            return Refusal.NotFound("This joint application");
        }

        var fields = joint.Legs.SelectMany(ProviderWords).ToList();
        return await looks.ShowAsync(
            fields.Count == 0 ? [] : [Look(caller.Caller, joint, fields)],
            responses.Show(joint)
        );
    }

    /// <summary>Names of what the answer shows in a provider's own words.</summary>
    private static IEnumerable<string> ProviderWords(Leg leg)
    {
        var utility = JsonNames.From(leg.Utility);
        if (leg.RawStatus is not null)
        {
            yield return $"{utility}.rawStatus";
        }

        if (leg.State == LegState.Returned)
        {
            yield return $"{utility}.missing";
        }

        if (leg.Fees.Count > 0)
        {
            yield return $"{utility}.fees";
        }

        if (leg.Problems.Count > 0)
        {
            yield return $"{utility}.problems";
        }
    }

    private static DataLook Look(Caller looker, JointApplication joint, IReadOnlyList<string> fields) =>
        new()
        {
            Looker = looker,
            Grants = looker.Id == joint.CallerId ? DataLook.AsOwner : DataLook.AsOperator,
            CaseId = joint.CaseId,
            CaseOwner = joint.CallerId,
            ParentId = joint.JointId,
            Purpose = joint.Purpose,
            Basis = joint.Basis,
            Subject = "joint",
            Fields = fields,
            PolicyVersion = joint.PolicyVersion,
        };
}
