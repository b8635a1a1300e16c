using System.Text.RegularExpressions;

namespace Integration.Architecture.Tests.Rules;

/// <summary>What keeps the run of the tests whole and its console readable.</summary>
internal static partial class RunRules
{
    /// <summary>A test that starts a host whose log goes to the console of the run.</summary>
    public static IEnumerable<string> ConsoleLogs(string file, string text) =>
        StartsWithConsole().IsMatch(text) && !KeepsFromConsole().IsMatch(text)
            ? [$"{file} starts a host that logs to the console: use HostLogs.KeepFromConsole"]
            : [];

    /// <summary>A test project that the run would not build, or would not find by its name.</summary>
    /// <param name="projects">Project files below <c>tests</c> and what stands in them.</param>
    /// <param name="solution">The solution's text.</param>
    public static IEnumerable<string> LeftOut(IEnumerable<(string File, string Text)> projects, string solution)
    {
        foreach (var (file, text) in projects)
        {
            if (!solution.Replace('\\', '/').Contains($"\"{file}\"", StringComparison.Ordinal))
            {
                yield return $"{file} is not in the solution";
            }

            var hasTests = text.Contains("xunit.v3\"", StringComparison.Ordinal);
            if (hasTests && !Path.GetFileNameWithoutExtension(file).EndsWith("Tests", StringComparison.Ordinal))
            {
                yield return $"{file} has tests and its name does not end in Tests";
            }
        }
    }

    [GeneratedRegex(@"\.AddTelemetry\(\)|\.AddGateway\(\)|LocalGateway\.Create\(", RegexOptions.None, 5000)]
    private static partial Regex StartsWithConsole();

    [GeneratedRegex(@"\.KeepFromConsole\(", RegexOptions.None, 5000)]
    private static partial Regex KeepsFromConsole();
}
