using System.Text;
using Integration.Contracts.Identifiers.Folding;

namespace Integration.Contracts.Identifiers;

/// <summary>
/// The name of a person or an enterprise in the one form in which names are compared and sent to agencies: the middle dot
/// of minority names as U+00B7, parentheses of a Chinese name full-width, letters and digits half-width, no white space
/// inside a Chinese name and single spaces inside any other, nothing invisible. Another code point for the same character is that character
/// (GB 18030-2022, Unicode: <c>Folding/characters.tsv</c>); characters are never replaced by look-alikes.
/// </summary>
/// <remarks>
/// Personal data: <see cref="ToString"/> is masked. Two names without an ideograph are equal in any case of their letters: documents
/// print names of foreigners in capitals (ICAO Doc 9303), forms do not.
/// </remarks>
public readonly record struct PartyName
{
    private const int LongestName = 200;
    private static readonly Rune s_middleDot = new('\u00B7');

    private readonly FoldingRules _rules;
    private readonly bool _isChinese;

    private PartyName(string value, bool isChinese, FoldingRules rules) =>
        (Value, _isChinese, _rules) = (value, isChinese, rules);

    /// <summary>The name in normal form; 1 to 200 UTF-16 units.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads a name. The dots people type for U+00B7 (U+0387, U+2022, U+2027, U+2219, U+22C5, U+2E31, U+30FB, U+FF65, and a full
    /// stop, in any width, between two Chinese characters) are accepted. Fault codes: <c>missing</c>, <c>length</c>, <c>character</c>
    /// (control character, broken surrogate, replacement character, noncharacter).
    /// </summary>
    public static Parsed<PartyName> Parse(string? text)
    {
        var runes = (text ?? string.Empty).EnumerateRunes().ToArray();
        if (runes.Any(IsBroken))
        {
            return new IdentifierFault("character", "A name has no control characters or broken characters.");
        }

        var rules = FoldingRules.None;
        var folded = CharacterFolding.Fold(runes, ref rules);
        folded.RemoveAll(IdentifierText.IsInvisible);
        var isChinese = folded.Exists(IsIdeograph);
        if (isChinese)
        {
            folded.RemoveAll(Rune.IsWhiteSpace); // before the dots are looked at: one may have blanks beside it
        }

        var name = Normalise(folded, isChinese, ref rules);
        return name.Length switch
        {
            0 => new IdentifierFault("missing", "A name is needed."),
            > LongestName => new IdentifierFault("length", "A name has at most 200 characters."),
            _ => new PartyName(name, isChinese, rules),
        };
    }

    /// <summary>Whether both are the same name.</summary>
    public bool Equals(PartyName other) => string.Equals(Value, other.Value, Comparison);

    /// <inheritdoc />
    public override int GetHashCode() => Value is null ? 0 : Value.GetHashCode(Comparison);

    /// <inheritdoc />
    public override string ToString() => IdentifierText.Mask(Value, head: 0, tail: 0);

    /// <summary>The rules by which characters of two equal names were folded. Width counts only where one of them was written in another.</summary>
    internal FoldingRules FoldedWith(PartyName other) =>
        ((_rules | other._rules) & ~FoldingRules.Width)
        | ((_rules ^ other._rules) & FoldingRules.Width)
        | (string.Equals(Value, other.Value, StringComparison.Ordinal) ? FoldingRules.None : FoldingRules.LetterCase);

    private StringComparison Comparison => _isChinese ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private static bool IsBroken(Rune rune) =>
        rune == Rune.ReplacementChar
        || CharacterFolding.IsNoncharacter(rune)
        || (Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune));

    private static string Normalise(List<Rune> name, bool isChinese, ref FoldingRules rules)
    {
        var words = new StringBuilder(name.Count);
        for (var i = 0; i < name.Count; i++)
        {
            if (!Rune.IsWhiteSpace(name[i]))
            {
                words.Append(isChinese ? InChinese(name, i, ref rules) : Plain(name[i], ref rules));
            }
            else if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words.ToString().TrimEnd(' ');
    }

    private static Rune InChinese(List<Rune> name, int index, ref FoldingRules rules)
    {
        var plain = Plain(name[index], ref rules);
        switch (plain.Value)
        {
            case '(':
                return new Rune('（');
            case ')':
                return new Rune('）');
            case '.' when StandsBetweenIdeographs(name, index):
                rules |= FoldingRules.Dot;
                return s_middleDot;
            default:
                return plain;
        }
    }

    private static Rune Plain(Rune rune, ref FoldingRules rules)
    {
        if (rune.Value is '\u0387' or '\u2022' or '\u2027' or '\u2219' or '\u22C5' or '\u2E31' or '\u30FB' or '\uFF65')
        {
            rules |= FoldingRules.Dot;
            return s_middleDot;
        }

        if (!rune.IsBmp || IdentifierText.HalfWidth((char)rune.Value) is var half && half == rune.Value)
        {
            return rune;
        }

        rules |= FoldingRules.Width;
        return new Rune(half);
    }

    private static bool StandsBetweenIdeographs(List<Rune> name, int index) =>
        index > 0 && index < name.Count - 1 && IsIdeograph(name[index - 1]) && IsIdeograph(name[index + 1]);

    private static bool IsIdeograph(Rune rune) =>
        rune.Value is '〇' or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
