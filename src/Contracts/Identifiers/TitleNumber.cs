using System.Text;
using System.Text.RegularExpressions;
using Integration.Contracts.Identifiers.Folding;

namespace Integration.Contracts.Identifiers;

/// <summary>
/// Number of a property certificate. Since 2015 (不动产登记暂行条例) it has one form, e.g. <c>鄂（2017）公安县不动产权第0001001号</c>. Certificates of
/// before (房屋所有权证, 国有土地使用证 and the like) stay in force and have as many forms as there were offices: they are compared as text.
/// Normal form: full-width parentheses, half-width letters and digits, one hyphen, no white space, folded characters
/// (<c>Folding/characters.tsv</c>).
/// </summary>
/// <remarks>Two older numbers are equal whether or not 第 and 号 are written.</remarks>
public readonly partial record struct TitleNumber
{
    private const string UniformWord = "不动产权";
    private const int Longest = 64;

    private TitleNumber(string value) => Value = value;

    /// <summary>The number in normal form; at most 64 characters.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads a certificate number in any width and spacing: one of the uniform kind strictly, any other as text that has a Chinese character and a
    /// digit. Fault codes: <c>missing</c>, <c>length</c>, <c>structure</c>.
    /// </summary>
    public static Parsed<TitleNumber> Parse(string? text)
    {
        var number = Normalise(text);
        return number.Length switch
        {
            0 => new IdentifierFault("missing", "A real-estate certificate number is needed."),
            > Longest => new IdentifierFault("length", "A real-estate certificate number has at most 64 characters."),
            _ when number.Contains(UniformWord, StringComparison.Ordinal) => Uniform().IsMatch(number)
                ? new TitleNumber(number)
                : new IdentifierFault(
                    "structure",
                    "A real-estate certificate number reads like 鄂（2017）公安县不动产权第0000000号."
                ),
            _ when number.Any(char.IsAsciiDigit) && number.Any(IsIdeograph) && Older().IsMatch(number) =>
                new TitleNumber(number),
            _ => new IdentifierFault(
                "structure",
                "A certificate number reads like 鄂（2017）公安县不动产权第0000000号; an older one has Chinese characters and digits."
            ),
        };
    }

    /// <summary>Whether both are the same number.</summary>
    public bool Equals(TitleNumber other) =>
        Value == other.Value
        || (
            Value is not null && other.Value is not null && string.Equals(Words, other.Words, StringComparison.Ordinal)
        );

    /// <inheritdoc />
    public override int GetHashCode() => Value is null ? 0 : Words.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => IdentifierText.Mask(Value, head: 1, tail: 0);

    /// <summary>Of an older number without the words that offices write or leave out.</summary>
    private string Words =>
        Value.Contains(UniformWord, StringComparison.Ordinal)
            ? Value
            : Value.Replace("第", "", StringComparison.Ordinal).Replace("号", "", StringComparison.Ordinal);

    private static bool IsIdeograph(char c) => c is >= '\u3400' and <= '\u9FFF';

    private static string Normalise(string? text)
    {
        var rules = FoldingRules.None;
        var normal = new StringBuilder(text?.Length ?? 0);
        foreach (var rune in CharacterFolding.Fold([.. (text ?? string.Empty).EnumerateRunes()], ref rules))
        {
            if (!rune.IsBmp)
            {
                normal.Append(rune);
            }
            else if (!IdentifierText.IsBlank((char)rune.Value))
            {
                normal.Append(InNormalForm(IdentifierText.HalfWidth((char)rune.Value)));
            }
        }

        return normal.ToString();
    }

    private static char InNormalForm(char c) =>
        c switch
        {
            '(' or '[' or '〔' or '【' => '（',
            ')' or ']' or '〕' or '】' => '）',
            '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' => '-',
            _ => c,
        };

    // The surrogate pairs are the characters of planes 2 and 3 that some place names need.
    [GeneratedRegex(
        @"^(?:[\p{L}0-9（）\-]|[\uD840-\uD8BF][\uDC00-\uDFFF])+第(?:[\p{L}0-9\-]|[\uD840-\uD8BF][\uDC00-\uDFFF])+号$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Uniform();

    [GeneratedRegex(
        @"^(?:[\p{L}0-9（）\-./:#№〇·、]|[\uD840-\uD8BF][\uDC00-\uDFFF])+$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Older();
}
