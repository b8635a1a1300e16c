namespace Integration.Architecture.Tests;

/// <summary>Assertions that print every violation, one a line.</summary>
internal static class Report
{
    public static void None(IEnumerable<string> violations)
    {
        var all = violations.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Assert.True(all.Length == 0, string.Join(Environment.NewLine, all));
    }

    /// <summary>For planted violations: the rule reports this one.</summary>
    public static void Names(string expected, IEnumerable<string> violations)
    {
        var all = violations.ToArray();
        Assert.True(
            all.Any(violation => violation.Contains(expected, StringComparison.Ordinal)),
            $"Not reported: {expected}. Reported:{Environment.NewLine}{string.Join(Environment.NewLine, all)}"
        );
    }
}
