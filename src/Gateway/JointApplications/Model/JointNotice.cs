using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What the caller of a joint application is told.</summary>
internal static class JointNotice
{
    /// <summary>A notice about a joint application.</summary>
    public static Notice Create(
        JointApplication joint,
        string type,
        DateTimeOffset at,
        params ReadOnlySpan<(string Name, string? Value)> more
    )
    {
        var data = new Dictionary<string, string?>(StringComparer.Ordinal) { ["jointApplicationId"] = joint.JointId };
        foreach (var (name, value) in more)
        {
            data[name] = value;
        }

        return new Notice
        {
            Type = type,
            CallerId = joint.CallerId,
            CaseId = joint.CaseId,
            At = at,
            Data = data,
        };
    }

    /// <summary>A leg has something that the hall has to look at.</summary>
    public static Notice Problem(JointApplication joint, Utility utility, string problem, DateTimeOffset at) =>
        Create(joint, NoticeTypes.JointProblem, at, ("utility", JsonNames.From(utility)), ("problem", problem));

    /// <summary>Names, comma-separated.</summary>
    public static string Names(IEnumerable<Utility> utilities) => string.Join(',', utilities.Select(JsonNames.From));
}
