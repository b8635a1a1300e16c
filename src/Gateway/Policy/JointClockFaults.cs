using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.Policy;

/// <summary>
/// What is wrong with the limits of joint applications: legs that no line fits, lines that none can reach. Lines are demanded of the
/// utilities that are switched on only: an edition is not refused because the gateway has learnt of one more utility since.
/// </summary>
internal static class JointClockFaults
{
    /// <summary>The faults.</summary>
    /// <param name="clocks">The limits of an edition.</param>
    /// <param name="utilities">The utilities that are switched on.</param>
    public static IEnumerable<string> In(JointClockPolicy clocks, IReadOnlySet<Utility> utilities) =>
        from utility in utilities.Union(clocks.Limits.Select(limit => limit.Utility)).Order()
        from kind in Enum.GetValues<JointKind>()
        let lines = clocks.Limits.Where(limit => limit.Utility == utility && limit.Kind == kind).ToList()
        from fault in In(lines, $"{utility} and {kind}", utilities.Contains(utility))
        select $"jointClocks: {fault}";

    private static IEnumerable<string> In(List<JointLimitPolicy> lines, string what, bool isNeeded)
    {
        if ((isNeeded || lines.Count > 0) && !lines.Exists(FitsAll))
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
