using System.Text;

namespace Integration.Gateway.Platform.FreeTexts;

/// <summary>
/// The names of the people of one request, as they are looked for in its other texts: without white space, dots and hyphens,
/// written in any case and width.
/// </summary>
internal sealed class PersonNames
{
    /// <summary>A single ideograph is in every text.</summary>
    private const int ShortestIdeographs = 2;

    /// <summary>Two letters are in every code.</summary>
    private const int ShortestLetters = 3;

    private readonly IReadOnlyList<Rune[]> _names;

    private PersonNames(IReadOnlyList<Rune[]> names) => _names = names;

    /// <summary>No person is named.</summary>
    public static PersonNames None { get; } = new([]);

    /// <summary>Takes the names as they were sent; those too short to be told from a word are left out.</summary>
    public static PersonNames From(IEnumerable<string?> names)
    {
        var known = names
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(name => TextSigns.Find(name).Select(sign => sign.Value).ToArray())
            .Where(IsTelling)
            .ToList();
        return known.Count == 0 ? None : new PersonNames(known);
    }

    public bool IsEmpty => _names.Count == 0;

    /// <summary>Where they stand among the signs of a text.</summary>
    public IEnumerable<Range> In(List<TextSign> signs)
    {
        foreach (var name in _names)
        {
            for (var at = 0; at + name.Length <= signs.Count; at++)
            {
                if (StandsAt(name, signs, at))
                {
                    yield return at..(at + name.Length);
                    at += name.Length - 1;
                }
            }
        }
    }

    public override string ToString() => nameof(PersonNames);

    private static bool IsTelling(Rune[] name) =>
        name.Length >= (Array.Exists(name, IsIdeograph) ? ShortestIdeographs : ShortestLetters)
        && Array.Exists(name, Rune.IsLetter);

    private static bool StandsAt(Rune[] name, List<TextSign> signs, int at)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (signs[at + i].Value != name[i] || (i > 0 && signs[at + i].Before == TextGap.Hard))
            {
                return false;
            }
        }

        return Ends(name[0], signs, at) && Ends(name[^1], signs, at + name.Length);
    }

    /// <summary>Chinese has no spaces between words; letters of other names are not looked for inside a word.</summary>
    private static bool Ends(Rune outermost, List<TextSign> signs, int boundary) =>
        IsIdeograph(outermost)
        || boundary == 0
        || boundary == signs.Count
        || signs[boundary].Before != TextGap.None
        || !(signs[boundary - 1].IsLetter && signs[boundary].IsLetter);

    private static bool IsIdeograph(Rune rune) =>
        rune.Value is '〇' or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
