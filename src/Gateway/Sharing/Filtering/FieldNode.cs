using System.Text;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>One name of a <see cref="FieldTree"/>. Lookups allocate nothing.</summary>
internal sealed class FieldNode
{
    private const int MostUtf8PerChar = 3;

    private readonly FieldNode[] _children;
    private readonly int[] _firstOfLength;
    private readonly byte[] _utf8Name;
    private readonly bool _ignoreCase;
    private readonly bool _isPlain;

    /// <summary>A node over its children.</summary>
    /// <param name="name">As written in the path; attributes with their <c>@</c>.</param>
    /// <param name="id">Unique in the tree, from 0.</param>
    /// <param name="isGranted">Whether a path ends here.</param>
    /// <param name="children">What continues here.</param>
    /// <param name="ignoreCase">How names are compared.</param>
    /// <param name="watched">What the value here is watched as.</param>
    public FieldNode(
        string name,
        int id,
        bool isGranted,
        IEnumerable<FieldNode> children,
        bool ignoreCase,
        IReadOnlyList<int> watched
    )
    {
        (Name, Id, IsGranted, _ignoreCase, Watched) = (name, id, isGranted, ignoreCase, watched);
        _utf8Name = Encoding.UTF8.GetBytes(name);
        _children = [.. children.OrderBy(child => child._utf8Name.Length)];
        Binds = [.. _children.SelectMany(child => child.Watched).Where(index => index != AnswerWatch.CodeIndex)];
        _isPlain = Array.TrueForAll(_children, child => Ascii.IsValid(child.Name));
        var longest = _children.Length == 0 ? 0 : _children[^1]._utf8Name.Length;
        _firstOfLength = new int[longest + 2];
        for (var length = 0; length < _firstOfLength.Length; length++)
        {
            _firstOfLength[length] = _children.Count(child => child._utf8Name.Length < length);
        }
    }

    public string Name { get; }

    public int Id { get; }

    /// <summary>Single values pass here.</summary>
    public bool IsGranted { get; }

    /// <summary>What a value here is looked at for, granted or not: indexes of an <see cref="AnswerWatch"/>.</summary>
    public IReadOnlyList<int> Watched { get; }

    /// <summary>The fields right below that bind a record: where there are any, each object or element here is a record.</summary>
    public IReadOnlyList<int> Binds { get; }

    /// <summary>Something further down is granted: containers are entered here.</summary>
    public bool IsPrefix => _children.Length > 0;

    /// <summary>The child of that name, or null. The name is UTF-8 without escapes.</summary>
    public FieldNode? Find(ReadOnlySpan<byte> name)
    {
        if (_ignoreCase && !(_isPlain && Ascii.IsValid(name)))
        {
            return FindTranscoded(name);
        }

        if (name.Length >= _firstOfLength.Length - 1)
        {
            return null;
        }

        for (var i = _firstOfLength[name.Length]; i < _firstOfLength[name.Length + 1]; i++)
        {
            var child = _children[i];
            if (_ignoreCase ? Ascii.EqualsIgnoreCase(name, child._utf8Name) : name.SequenceEqual(child._utf8Name))
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>The child of that name, or null.</summary>
    public FieldNode? Find(ReadOnlySpan<char> name) => Find(name, skip: 0);

    /// <summary>The child that stands for the attribute of that name (given without <c>@</c>), or null.</summary>
    public FieldNode? FindAttribute(ReadOnlySpan<char> name) => Find(name, skip: 1);

    private FieldNode? Find(ReadOnlySpan<char> name, int skip)
    {
        var comparison = _ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var child in _children)
        {
            if (child.Name.StartsWith('@') == (skip == 1) && child.Name.AsSpan(skip).Equals(name, comparison))
            {
                return child;
            }
        }

        return null;
    }

    private FieldNode? FindTranscoded(ReadOnlySpan<byte> name)
    {
        if (name.Length > (FieldTree.LongestName + 1) * MostUtf8PerChar)
        {
            return null;
        }

        Span<char> text = stackalloc char[(FieldTree.LongestName + 1) * MostUtf8PerChar];
        text = text[..Encoding.UTF8.GetChars(name, text)];
        foreach (var child in _children)
        {
            if (text.Equals(child.Name, StringComparison.OrdinalIgnoreCase))
            {
                return child;
            }
        }

        return null;
    }
}
