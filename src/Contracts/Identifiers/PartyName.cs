using System.Text;

namespace Integration.Contracts.Identifiers;

/// <summary>
/// The name of a person or an enterprise in the one form in which names are compared and sent to agencies: the middle dot
/// of minority names as U+00B7, parentheses of a Chinese name full-width, letters and digits half-width, no white space
/// inside a Chinese name and single spaces inside any other, nothing invisible. Characters are never replaced by look-alikes.
/// </summary>
/// <remarks>Personal data: <see cref="ToString"/> is masked.</remarks>
public readonly record struct PartyName
{
    private const int LongestName = 200;
    private static readonly Rune s_middleDot = new('\u00B7');

    private PartyName(string value) => Value = value;

    /// <summary>The name in normal form; 1 to 200 UTF-16 units.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads a name. The dots people type for U+00B7 (U+2022, U+2027, U+2219, U+22C5, U+30FB, U+FF65, U+FF0E, and a full
    /// stop between two Chinese characters) are accepted. Fault codes: <c>missing</c>, <c>length</c>, <c>character</c>
    /// (control character, broken surrogate, replacement character).
    /// </summary>
    public static Parsed<PartyName> Parse(string? text)
    {
        var runes = (text ?? string.Empty).EnumerateRunes().ToArray();
        if (runes.Any(IsBroken))
        {
            return new IdentifierFault("character", "A name has no control characters or broken characters.");
        }

        var name = Normalise(runes);
        return name.Length switch
        {
            0 => new IdentifierFault("missing", "A name is needed."),
            > LongestName => new IdentifierFault("length", "A name has at most 200 characters."),
            _ => new PartyName(name),
        };
    }

    /// <inheritdoc />
    public override string ToString() => IdentifierText.Mask(Value, head: 0, tail: 0);

    private static bool IsBroken(Rune rune) =>
        rune == Rune.ReplacementChar || (Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune));

    private static string Normalise(Rune[] runes)
    {
        var visible = Array.FindAll(runes, rune => !IdentifierText.IsInvisible(rune));
        var isChinese = Array.Exists(visible, IsIdeograph);
        var words = new StringBuilder(visible.Length);
        for (var i = 0; i < visible.Length; i++)
        {
            if (!Rune.IsWhiteSpace(visible[i]))
            {
                words.Append(isChinese ? InChinese(visible, i) : Plain(visible[i]));
            }
            else if (!isChinese && words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words.ToString().TrimEnd(' ');
    }

    private static Rune InChinese(Rune[] name, int index) =>
        Plain(name[index]) switch
        {
            { Value: '(' } => new Rune('（'),
            { Value: ')' } => new Rune('）'),
            { Value: '.' } when StandsBetweenIdeographs(name, index) => s_middleDot,
            var rune => rune,
        };

    private static Rune Plain(Rune rune) =>
        rune.Value switch
        {
            '\u2022' or '\u2027' or '\u2219' or '\u22C5' or '\u30FB' or '\uFF65' => s_middleDot,
            _ when rune.IsBmp => new Rune(IdentifierText.HalfWidth((char)rune.Value)),
            _ => rune,
        };

    private static bool StandsBetweenIdeographs(Rune[] name, int index) =>
        index > 0 && index < name.Length - 1 && IsIdeograph(name[index - 1]) && IsIdeograph(name[index + 1]);

    private static bool IsIdeograph(Rune rune) =>
        rune.Value is '〇' or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
