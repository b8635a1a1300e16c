using System.Text.RegularExpressions;

namespace Integration.Architecture.Tests.Rules;

/// <summary>What files of the tree may hold.</summary>
internal static partial class TreeRules
{
    private const int LongestProgram = 25;
    private const int LongestFile = 300;

    private static readonly string[] s_text =
    [
        ".cs",
        ".csproj",
        ".props",
        ".json",
        ".md",
        ".sh",
        ".yml",
        ".yaml",
        ".xml",
        ".txt",
        ".config",
        ".service",
        "",
    ];

    public static bool IsText(string file) => s_text.Contains(Path.GetExtension(file), StringComparer.Ordinal);

    /// <summary>A path of one machine, which no clone elsewhere has.</summary>
    public static IEnumerable<string> MachinePaths(string file, string text) =>
        from match in MachinePath().Matches(text)
        select $"{file} names {match.Value}";

    public static IEnumerable<string> TooLong(string file, string text)
    {
        var lines = text.AsSpan().Count('\n');
        var most = Path.GetFileName(file) == "Program.cs" ? LongestProgram : LongestFile;
        return lines > most ? [$"{file} has {lines} lines, more than {most}"] : [];
    }

    /// <summary>A look-up by a case number that does not say whose number it is: two callers may use the same one.</summary>
    public static IEnumerable<string> CasesByNumberAlone(string file, string text) =>
        from statement in text.Split(';')
        where CaseNumber().IsMatch(statement) && !WhoseNumber().IsMatch(statement)
        select $"{file} looks for a case by its number alone: {CaseNumber().Match(statement).Value}";

    /// <summary>Words that stand where a subject should: "another node", "the caller", "the agency", "an operator".</summary>
    public static IEnumerable<string> UnnamedSubjects(string file, string text) =>
        from match in UnnamedSubject().Matches(text)
        select $"{file} says {match.Value}";

    /// <summary>
    /// A machine that stands still for a moment makes a fault of a time limit; an expression that cannot backtrack needs none
    /// (<c>RegexOptions.NonBacktracking</c>).
    /// </summary>
    public static IEnumerable<string> TimedExpressions(string file, string text) =>
        text.Contains("[GeneratedRegex(", StringComparison.Ordinal)
        && text.Split("[GeneratedRegex(")
            .Skip(1)
            .Any(part => !part.Split(")]")[0].Contains("NonBacktracking", StringComparison.Ordinal))
            ? [$"{file} has a regular expression that can backtrack"]
            : [];

    public static IEnumerable<string> NamedForNothing(string file) =>
        from part in file.Split('/', '.')
        where part is "Helpers" or "Utils" or "Util" or "Common" or "Managers" or "Misc" or "Shared"
        select $"{file} is filed under {part}";

    [GeneratedRegex(
        @"\b(somebody|someone|nobody|whoever|whatever|anybody|everybody)\b",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex UnnamedSubject();

    [GeneratedRegex(@"\w+\.CaseId\s*==\s*\w+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CaseNumber();

    [GeneratedRegex(
        @"\.(CallerId|CaseOwner|Source|Subscriber)\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex WhoseNumber();

    [GeneratedRegex(
        @"(?<![\w.:/-])(/(work|root|farm|home/\w+|Users/\w+|tmp/[\w.]+)/|[A-Z]:\\(Users|work)\\)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex MachinePath();
}
