using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications.Changing;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Answering;

/// <summary>
/// Shows a joint application to its owner and to operators. What the form says is never shown; what providers wrote in words of their own is,
/// and may hold personal data: each look at it is on record before the answer leaves.
/// </summary>
internal sealed class ShowJoint(ChangeJoint joints, JointAnswers answers, LookRecorder looks)
{
    /// <summary>The joint application.</summary>
    /// <returns>It; 404: there is none for this caller; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<JointApplicationAnswer>> Handle(
        CallerContext caller,
        string jointId,
        CancellationToken cancellationToken
    )
    {
        if (await joints.Find(jointId, caller.Caller, cancellationToken) is not { } file)
        {
            return Refusal.NotFound("This joint application");
        }

        var fields = file.Legs.SelectMany(ProviderWords).ToList();
        return await looks.Show(fields.Count == 0 ? [] : [Look(caller.Caller, file, fields)], answers.Show(file));
    }

    /// <summary>Names of what the answer shows in a provider's own words.</summary>
    private static IEnumerable<string> ProviderWords(Leg leg)
    {
        var utility = JsonNames.Of(leg.Utility);
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

    private static DataLook Look(Caller looker, JointFile file, IReadOnlyList<string> fields) =>
        new()
        {
            Looker = looker,
            Grants = looker.Id == file.CallerId ? DataLook.AsOwner : DataLook.AsOperator,
            CaseId = file.CaseId,
            CaseOwner = file.CallerId,
            ParentId = file.JointId,
            Purpose = file.Purpose,
            Basis = file.Basis,
            Subject = "joint",
            Fields = fields,
            PolicyVersion = file.PolicyVersion,
        };
}
