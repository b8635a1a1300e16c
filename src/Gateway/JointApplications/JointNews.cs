using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications;

/// <summary>What the caller of a joint application is told.</summary>
internal static class JointNews
{
    /// <summary>A notice about a joint application.</summary>
    public static Notice Of(
        JointFile file,
        string type,
        DateTimeOffset at,
        params ReadOnlySpan<(string Name, string? Value)> more
    )
    {
        var data = new Dictionary<string, string?>(StringComparer.Ordinal) { ["jointApplicationId"] = file.JointId };
        foreach (var (name, value) in more)
        {
            data[name] = value;
        }

        return new Notice
        {
            Type = type,
            CallerId = file.CallerId,
            CaseId = file.CaseId,
            At = at,
            Data = data,
        };
    }

    /// <summary>A leg has something that somebody has to look at.</summary>
    public static Notice Problem(JointFile file, Utility utility, string problem, DateTimeOffset at) =>
        Of(file, NoticeTypes.JointProblem, at, ("utility", JsonNames.Of(utility)), ("problem", problem));

    /// <summary>Names, comma-separated.</summary>
    public static string Names(IEnumerable<Utility> utilities) => string.Join(',', utilities.Select(JsonNames.Of));
}
