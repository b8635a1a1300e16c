using System.Text;

namespace Integration.Contracts.Identifiers;

/// <summary>
/// The name of a person or an enterprise in the one form in which names are compared and sent to agencies: NFC, the
/// middle dot of minority names as U+00B7 (callers also send U+2022, U+30FB, U+FF0E or a full stop), parentheses
/// full-width, no white space inside a Chinese name.
/// </summary>
/// <remarks>Personal data: <see cref="ToString"/> is masked.</remarks>
public readonly record struct PartyName
{
    private const char MiddleDot = '\u00B7';
    private const int LongestName = 200;

    private PartyName(string value) => Value = value;

    /// <summary>The name in normal form.</summary>
    public string Value { get; }

    /// <summary>Reads a name. Fault codes: <c>missing</c>, <c>length</c>, <c>character</c>.</summary>
    public static Parsed<PartyName> Parse(string? text)
    {
        var trimmed = text?.Trim() ?? string.Empty;
        if (trimmed.Length == 0)
        {
            return new IdentifierFault("missing", "A name is needed.");
        }

        if (trimmed.Length > LongestName)
        {
            return new IdentifierFault("length", "A name has at most 200 characters.");
        }

        if (!IsWellFormed(trimmed))
        {
            return new IdentifierFault("character", "A name has no control characters or broken characters.");
        }

        return new PartyName(Normalise(trimmed.Normalize(NormalizationForm.FormC)));
    }

    /// <inheritdoc />
    public override string ToString() => IdentifierText.Mask(Value, head: 0, tail: 0);

    private static bool IsWellFormed(string text) =>
        !text.Any(char.IsControl) && text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    private static string Normalise(string text)
    {
        var isChinese = text.EnumerateRunes().Any(IsIdeograph);
        var normal = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                if (!isChinese && normal[^1] != ' ')
                {
                    normal.Append(' ');
                }

                continue;
            }

            normal.Append(
                c switch
                {
                    '\u2022' or '\u30FB' or '\uFF0E' or '\u2027' or '\uFF65' => MiddleDot,
                    '.' when isChinese => MiddleDot,
                    '(' when isChinese => '（',
                    ')' when isChinese => '）',
                    _ => c,
                }
            );
        }

        return normal.ToString();
    }

    private static bool IsIdeograph(Rune rune) => rune.Value is (>= 0x3400 and <= 0x9FFF) or >= 0x20000 and <= 0x3FFFF;
}
