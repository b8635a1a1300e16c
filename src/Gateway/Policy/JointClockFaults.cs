using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.Policy;

/// <summary>What is wrong with the limits of joint applications: legs that no line fits, lines that none can reach.</summary>
internal static class JointClockFaults
{
    public static IEnumerable<string> In(JointClockPolicy clocks) =>
        from utility in Enum.GetValues<Utility>()
        from kind in Enum.GetValues<JointKind>()
        let lines = clocks.Limits.Where(limit => limit.Utility == utility && limit.Kind == kind).ToList()
        from fault in In(lines, $"{utility} and {kind}")
        select $"jointClocks: {fault}";

    private static IEnumerable<string> In(List<JointLimitPolicy> lines, string what)
    {
        if (!lines.Exists(FitsAll))
        {
            yield return $"no line without a condition for {what}.";
        }

        foreach (var hidden in lines.SkipWhile(line => !FitsAll(line)).Skip(1))
        {
            yield return $"{hidden.Name} stands after a line that fits always.";
        }
    }

    private static bool FitsAll(JointLimitPolicy line) => line is { Applicant: null, AboveKw: null };
}
