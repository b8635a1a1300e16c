using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Integration.Architecture.Tests.Rules;

/// <summary>Documents that point to something point to something that is there.</summary>
internal static partial class DocumentRules
{
    /// <summary>Relative links and image sources of a Markdown file, anchors included.</summary>
    /// <param name="root">The tree's root.</param>
    /// <param name="file">The file, relative to the root.</param>
    public static IEnumerable<string> BrokenLinks(string root, string file)
    {
        var text = Fences().Replace(File.ReadAllText(Path.Combine(root, file)), string.Empty);
        var directory = Path.GetDirectoryName(Path.Combine(root, file))!;
        return from match in Links().Matches(text)
            let link = match.Groups["target"].Value
            where
                !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)
            where !Resolves(directory, Path.Combine(root, file), link)
            select $"{file} links to {link}, which is not there";
    }

    /// <summary>Files named in backquotes with a folder in front, e.g. <c>docs/spec/problems.md</c>, exist.</summary>
    public static IEnumerable<string> BrokenMentions(string root, string file) =>
        from match in Mentions().Matches(File.ReadAllText(Path.Combine(root, file)))
        let path = match.Groups["path"].Value
        where !Path.Exists(Path.Combine(root, path))
        select $"{file} names {path}, which is not there";

    /// <summary>Names in backquotes that look like types or members, and are no word of any source.</summary>
    /// <param name="file">The document's file, for the report.</param>
    /// <param name="document">Its text.</param>
    /// <param name="known">Words of the sources, and names of other products.</param>
    public static IEnumerable<string> UnknownNames(string file, string document, IReadOnlySet<string> known) =>
        from match in Names().Matches(Fences().Replace(document, string.Empty))
        from name in match.Groups["name"].Value.Split([".", "__"], StringSplitOptions.None)
        where !known.Contains(name)
        select $"{file} names {name}, which no source knows";

    /// <summary>The words of a source.</summary>
    public static IEnumerable<string> Words(string source) => Word().Matches(source).Select(match => match.Value);

    /// <summary>Documents named in a source file, comments included, exist.</summary>
    public static IEnumerable<string> BrokenReferences(string root, string file) =>
        from match in References().Matches(File.ReadAllText(Path.Combine(root, file)))
        where !File.Exists(Path.Combine(root, match.Value))
        select $"{file} names {match.Value}, which is not there";

    /// <summary>The first two cells of each row whose cells are code.</summary>
    public static IEnumerable<(string, string)> Rows(string document) =>
        TwoCells().Matches(document).Select(match => (match.Groups["first"].Value, match.Groups["second"].Value));

    /// <summary>Codes that are in the code and not in the document, or the other way round.</summary>
    public static IEnumerable<string> Undocumented(IEnumerable<string> codes, string document)
    {
        var documented = CodeRows()
            .Matches(document)
            .Select(match => match.Groups["code"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var published = codes.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. published.Except(documented).Select(code => $"{code} is not documented"),
            .. documented.Except(published).Select(code => $"{code} is documented and does not exist"),
        ];
    }

    /// <summary>Health checks registered in the sources that the runbooks' index does not name.</summary>
    public static IEnumerable<string> ChecksWithoutRunbook(IEnumerable<string> sources, string index) =>
        from source in sources
        from match in Checks().Matches(source)
        let name = match.Groups["name"].Value
        where !index.Contains($"check `{name}`", StringComparison.Ordinal)
        select $"health check {name} has no runbook";

    /// <summary>Public types and members of an assembly without a summary of their own or an inherited one.</summary>
    public static IEnumerable<string> WithoutSummary(Assembly assembly, IEnumerable<Type> types)
    {
        var documented = XDocument
            .Load(Path.ChangeExtension(assembly.Location, ".xml"))
            .Descendants("member")
            .Where(member =>
                member
                    .Elements()
                    .Any(part => part.Name == "inheritdoc" || (part.Name == "summary" && part.Value.Trim().Length > 0))
            )
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet(StringComparer.Ordinal);
        return from type in types
            from name in (string[])[$"T:{type.FullName}", .. Properties(type)]
            where !documented.Contains(name.Replace('+', '.'))
            select $"{name} has no summary";
    }

    private static IEnumerable<string> Properties(Type type) =>
        from property in type.GetProperties(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
        )
        // A positional record documents its properties as parameters of the type.
        where
            !type.GetConstructors().Any(made => made.GetParameters().Any(parameter => parameter.Name == property.Name))
        select $"P:{type.FullName}.{property.Name}";

    private static bool Resolves(string directory, string file, string link)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? file : Path.Combine(directory, Uri.UnescapeDataString(parts[0]));
        return Path.Exists(target) && (parts.Length == 1 || Anchors(target).Contains(parts[1], StringComparer.Ordinal));
    }

    private static IEnumerable<string> Anchors(string file) =>
        from match in Headings().Matches(File.ReadAllText(file))
        let kept = NotInAnchors().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), string.Empty)
        select kept.Replace(' ', '-');

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fences();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Links();

    [GeneratedRegex(
        @"`(?<path>(src|tests|deploy|docs)/[\w./-]+\.(md|cs|json|sh|csproj))`",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Mentions();

    [GeneratedRegex(
        @"^#{1,6} (?<text>.+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Headings();

    [GeneratedRegex(
        @"AddCheck<\w+>\(\s*""(?<name>[\w-]+)""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Checks();

    [GeneratedRegex(
        @"`(?<name>[A-Z]\w*[a-z0-9][A-Z]\w*(\.[A-Z]\w*)*|[A-Z]\w*(\.[A-Z]\w*)*\.[A-Z]\w*)(\(\))?`",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Names();

    [GeneratedRegex(@"[A-Za-z_]\w*", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Word();

    [GeneratedRegex(@"docs/[a-z]+/[\w-]+\.md", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex References();

    [GeneratedRegex(
        @"^\| `(?<first>[\w-]+)` \| `(?<second>[\w-]+)`",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex TwoCells();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(
        @"^\| \[?`(?<code>[a-z-]+)`",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex CodeRows();
}
