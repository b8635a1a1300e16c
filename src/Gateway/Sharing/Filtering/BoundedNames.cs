using System.Xml;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>The names of one XML document. A reader keeps each name it meets, so how many there may be is bounded.</summary>
internal sealed class BoundedNames : NameTable
{
    /// <summary>Characters of all different names together.</summary>
    public const int MostChars = 256 * 1024;

    private int _chars;

    /// <summary>More names than any agreed answer has: the document is refused.</summary>
    public bool AreTooMany => _chars > MostChars;

    public override string Add(char[] key, int start, int len)
    {
        if (Get(key, start, len) is { } known)
        {
            return known;
        }

        _chars += len;
        return base.Add(key, start, len);
    }

    public override string Add(string key)
    {
        if (Get(key) is { } known)
        {
            return known;
        }

        _chars += key.Length;
        return base.Add(key);
    }
}
