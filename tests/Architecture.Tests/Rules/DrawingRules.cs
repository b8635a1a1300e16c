using System.Text.RegularExpressions;

namespace Integration.Architecture.Tests.Rules;

/// <summary>What ARCHITECTURE.md shows of the code is in the code's order.</summary>
internal static partial class DrawingRules
{
    /// <summary>What a source registers, one call after the other; of a middleware its type.</summary>
    /// <param name="source">The text of the file.</param>
    /// <param name="prefix">How the names of the calls begin: <c>Add</c>, <c>Map</c> or <c>Use</c>.</param>
    public static IEnumerable<string> Calls(string source, string prefix) =>
        from call in Registrations().Matches(source)
        where call.Groups["name"].Value.StartsWith(prefix, StringComparison.Ordinal)
        select call.Groups["type"].Success ? call.Groups["type"].Value : call.Groups["name"].Value;

    /// <summary>Calls that a drawing shows in another order, or not at all.</summary>
    /// <param name="document">The document. A line that begins with the word, and those that begin with a blank after it, show the calls.</param>
    /// <param name="word">E.g. <c>pipeline</c>.</param>
    /// <param name="calls">The calls as they are made.</param>
    public static IEnumerable<string> OutOfOrder(string document, string word, IEnumerable<string> calls)
    {
        var shown = document
            .Split('\n')
            .SkipWhile(line => !line.StartsWith($"{word} ", StringComparison.Ordinal))
            .TakeWhile((line, index) => index == 0 || line.StartsWith(' '))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(part => part != word && part != "·")
            .ToArray();
        var made = calls.ToArray();
        return shown.SequenceEqual(made, StringComparer.Ordinal)
            ? []
            : [$"{word} is {string.Join(" · ", made)}, and shown as {string.Join(" · ", shown)}"];
    }

    [GeneratedRegex(
        @"\.(?<name>(Add|Map|Use)\w+)(<(?<type>\w+)>)?\(",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Registrations();
}
