using System.Text.RegularExpressions;

namespace Integration.Architecture.Tests.Rules;

/// <summary>Tests that a document names as its proof.</summary>
internal static partial class NamedTests
{
    /// <summary>Names like <c>ReceiptTests.The_published_key_checks_the_receipt</c> that no source file of the tests holds.</summary>
    /// <param name="document">The document's text.</param>
    /// <param name="sources">The tests' source texts.</param>
    public static IEnumerable<string> Missing(string document, IReadOnlyCollection<string> sources) =>
        from match in Names().Matches(document)
        let type = match.Groups["type"].Value
        let test = match.Groups["test"].Value
        where
            !sources.Any(source =>
                source.Contains($"class {type}", StringComparison.Ordinal)
                && source.Contains($" {test}(", StringComparison.Ordinal)
            )
        select $"{type}.{test} does not exist";

    public static int Count(string document) => Names().Count(document);

    [GeneratedRegex(
        @"`(?<type>\w+(Tests|Properties))\.(?<test>\w+)`",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Names();
}
