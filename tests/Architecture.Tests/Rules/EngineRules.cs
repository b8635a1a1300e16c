using System.Text.RegularExpressions;

namespace Integration.Architecture.Tests.Rules;

/// <summary>What one database engine is tested for, the other is tested for.</summary>
internal static partial class EngineRules
{
    /// <summary>Classes of tests for one engine that have none for the other: <c>SqliteXTests</c> and <c>PostgresXTests</c>.</summary>
    public static IEnumerable<string> OnOneEngine(IEnumerable<string> sources)
    {
        var classes = sources
            .SelectMany(source => EngineClasses().Matches(source))
            .Select(found => (Engine: found.Groups["engine"].Value, Tests: found.Groups["tests"].Value))
            .ToHashSet();
        return from one in classes
            let other = one.Engine == "Sqlite" ? "Postgres" : "Sqlite"
            where !classes.Contains((other, one.Tests))
            select $"{one.Engine}{one.Tests} has no {other}{one.Tests}";
    }

    [GeneratedRegex(
        @"\bclass (?<engine>Sqlite|Postgres)(?<tests>\w+Tests)\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex EngineClasses();
}
