using System.Text;
using System.Text.RegularExpressions;

namespace Integration.Contracts.Identifiers;

/// <summary>
/// Real-estate certificate number (不动产权证号), e.g. <c>鄂（2017）公安县不动产权第0001001号</c>, in one normal form: full-width
/// parentheses, half-width digits, no white space. House certificates of before 2015 (…字第…号) are accepted too.
/// </summary>
public readonly partial record struct TitleNumber
{
    private TitleNumber(string value) => Value = value;

    /// <summary>The number in normal form; at most 64 characters.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads a certificate number in any width and spacing.
    /// Fault codes: <c>missing</c>, <c>length</c>, <c>structure</c>.
    /// </summary>
    public static Parsed<TitleNumber> Parse(string? text)
    {
        var number = Normalise(text);
        return number.Length switch
        {
            0 => new IdentifierFault("missing", "A real-estate certificate number is needed."),
            > 64 => new IdentifierFault("length", "A real-estate certificate number has at most 64 characters."),
            _ when Structure().IsMatch(number) => new TitleNumber(number),
            _ => new IdentifierFault(
                "structure",
                "A real-estate certificate number reads like 鄂（2017）公安县不动产权第0000000号."
            ),
        };
    }

    /// <inheritdoc />
    public override string ToString() => IdentifierText.Mask(Value, head: 1, tail: 0);

    private static string Normalise(string? text)
    {
        var normal = new StringBuilder(text?.Length ?? 0);
        foreach (var c in text ?? string.Empty)
        {
            if (IdentifierText.IsBlank(c))
            {
                continue;
            }

            normal.Append(
                IdentifierText.HalfWidth(c) switch
                {
                    '(' or '[' or '〔' => '（',
                    ')' or ']' or '〕' => '）',
                    var half => half,
                }
            );
        }

        return normal.ToString();
    }

    // The surrogate pairs are the characters of planes 2 and 3 that some place names need.
    [GeneratedRegex(
        @"^(?:[\p{L}0-9（）\-]|[\uD840-\uD8BF][\uDC00-\uDFFF])+第(?:[\p{L}0-9\-]|[\uD840-\uD8BF][\uDC00-\uDFFF])+号$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex Structure();
}
