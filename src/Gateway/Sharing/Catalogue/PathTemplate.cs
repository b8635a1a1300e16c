using System.Text.RegularExpressions;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>
/// A path of literal segments and whole-segment parameters, e.g. <c>projects/{code}</c>. Held against the canonical path of
/// a request only, so that what is granted and what is forwarded are the same text.
/// </summary>
internal sealed partial class PathTemplate
{
    private readonly string[] _segments;

    private PathTemplate(string text, string[] segments) => (Text, _segments) = (text, segments);

    public string Text { get; }

    /// <summary>The names in braces, in order.</summary>
    public IEnumerable<string> Parameters => _segments.Where(IsParameter).Select(segment => segment[1..^1]);

    /// <summary>Whether it is one path and no other.</summary>
    public bool IsLiteral => !_segments.Any(IsParameter);

    /// <summary>Null and why when it is no template.</summary>
    public static (PathTemplate? Template, string? Fault) Parse(string text)
    {
        var segments = text.Split('/');
        if (segments.FirstOrDefault(segment => !Segment().IsMatch(segment) || segment is "." or "..") is { } wrong)
        {
            return (null, wrong.Length == 0 ? "it has an empty segment" : $"the segment {wrong} is not allowed");
        }

        var template = new PathTemplate(text, segments);
        return template.Parameters.Distinct(StringComparer.OrdinalIgnoreCase).Count() == template.Parameters.Count()
            ? (template, null)
            : (null, "it names a parameter twice");
    }

    /// <summary>
    /// Whether some path fits both, were case of no account: routing finds paths without regard to case, so that two which
    /// differ in it only would meet there.
    /// </summary>
    public bool Overlaps(PathTemplate other) =>
        _segments.Length == other._segments.Length
        && _segments
            .Zip(other._segments)
            .All(pair =>
                IsParameter(pair.First)
                || IsParameter(pair.Second)
                || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase)
            );

    /// <summary>Whether a canonical path, without a slash at the beginning, fits; and the values of its parameters.</summary>
    public bool Matches(ReadOnlySpan<char> path, out IReadOnlyDictionary<string, string> values)
    {
        Dictionary<string, string>? found = null;
        values = NoValues;
        var index = 0;
        foreach (var range in path.Split('/'))
        {
            var part = path[range];
            if (index == _segments.Length || part.IsEmpty)
            {
                return false;
            }

            var segment = _segments[index++];
            if (IsParameter(segment))
            {
                (found ??= new(StringComparer.Ordinal))[segment[1..^1]] = part.ToString();
            }
            else if (!part.SequenceEqual(segment))
            {
                return false;
            }
        }

        values = found ?? NoValues;
        return index == _segments.Length;
    }

    /// <summary>The path with values in the place of its parameters; values are canonical already.</summary>
    public string Fill(IReadOnlyDictionary<string, string> values) =>
        values.Count == 0
            ? Text
            : string.Join('/', _segments.Select(segment => IsParameter(segment) ? values[segment[1..^1]] : segment));

    public override string ToString() => Text;

    private static IReadOnlyDictionary<string, string> NoValues { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    private static bool IsParameter(string segment) => segment[0] == '{';

    [GeneratedRegex("^(?:[A-Za-z0-9._~-]+|\\{[A-Za-z][A-Za-z0-9]*\\})\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Segment();
}
