using System.Text;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// The fields a grant names, compiled. Immutable; made once per grant and kept. Grammar: docs/spec/field-filter.md.
/// </summary>
internal sealed class FieldTree
{
    /// <summary>Characters of a path.</summary>
    public const int LongestPath = 512;

    /// <summary>Characters of one name in a path.</summary>
    public const int LongestName = 128;

    /// <summary>Names in a path.</summary>
    public const int MostNames = 32;

    private const char Separator = '/';
    private const char AttributeMark = '@';

    private FieldTree(FieldNode root, int count) => (Root, Count) = (root, count);

    /// <summary>Stands above the first names; is no field itself.</summary>
    public FieldNode Root { get; }

    /// <summary>Nodes of the tree; <see cref="FieldNode.Id"/> is below it.</summary>
    public int Count { get; }

    /// <summary>Compiles paths; one that is named twice counts once. No path at all grants nothing.</summary>
    /// <param name="paths">Names separated by <c>/</c>; an XML attribute is the last name and starts with <c>@</c>.</param>
    /// <param name="ignoreCase">Whether names are compared ordinally without regard to case.</param>
    /// <param name="watched">Fields that are looked at, granted or not, with their index of an <see cref="AnswerWatch"/>.</param>
    /// <exception cref="ArgumentException">A path is none: see <see cref="FaultIn"/>.</exception>
    public static FieldTree Parse(
        IEnumerable<string> paths,
        bool ignoreCase,
        IEnumerable<(string Path, int Index)>? watched = null
    )
    {
        var draft = new Draft(ignoreCase);
        foreach (var path in paths)
        {
            Place(draft, path).IsGranted = true;
        }

        foreach (var (path, index) in watched ?? [])
        {
            Place(draft, path).Watched.Add(index);
        }

        var count = 0;
        return new FieldTree(draft.Compile(string.Empty, ref count), count);
    }

    private static Draft Place(Draft draft, string path)
    {
        if (FaultIn(path) is { } fault)
        {
            throw new ArgumentException($"A field path {fault}", nameof(path));
        }

        return path.Split(Separator).Aggregate(draft, (place, name) => place.Child(name));
    }

    /// <summary>Null for a field path, else why it is none, as the end of a sentence that never repeats the path.</summary>
    public static string? FaultIn(string path)
    {
        if (path.Length is 0 or > LongestPath)
        {
            return "has 1 to 512 characters.";
        }

        var names = path.Split(Separator);
        if (names.Length > MostNames)
        {
            return "has at most 32 names.";
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (FaultInName(names[i], isLast: i == names.Length - 1) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? FaultInName(string name, bool isLast)
    {
        var plain = name.AsSpan();
        if (plain.StartsWith(AttributeMark))
        {
            if (!isLast)
            {
                return "has @ at the start of its last name only.";
            }

            plain = plain[1..];
        }

        if (plain.Length is 0 or > LongestName)
        {
            return "has names of 1 to 128 characters between its slashes.";
        }

        foreach (var rune in plain.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && rune.Value is not ('_' or '-' or '.' or '$' or ':'))
            {
                return "holds letters, digits and _ - . $ : only.";
            }
        }

        return null;
    }

    private sealed class Draft(bool ignoreCase)
    {
        private readonly Dictionary<string, Draft> _children = new(
            ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal
        );

        public bool IsGranted { get; set; }

        public List<int> Watched { get; } = [];

        public Draft Child(string name) =>
            _children.TryGetValue(name, out var child) ? child : _children[name] = new Draft(ignoreCase);

        public FieldNode Compile(string name, ref int count)
        {
            var id = count++;
            var children = new List<FieldNode>(_children.Count);
            foreach (var (childName, child) in _children)
            {
                children.Add(child.Compile(childName, ref count));
            }

            return new FieldNode(name, id, IsGranted, children, ignoreCase, Watched);
        }
    }
}
