using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Integration.Gateway.Platform.FreeTexts;

/// <summary>A letter or digit of a text as it counts, and where it stands in the text.</summary>
/// <param name="Value">Half-width, capital; digits of every script, in circles and raised too, as 0 to 9.</param>
/// <param name="Start">First character of the text that it comes from.</param>
/// <param name="End">The character after.</param>
/// <param name="Before">What stands between it and the sign before it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextSign(Rune Value, int Start, int End, TextGap Before)
{
    public bool IsDigit => Value.Value is >= '0' and <= '9';

    public bool IsLetter => !IsDigit;
}

/// <summary>What stands between two signs.</summary>
internal enum TextGap
{
    None,

    /// <summary>What people write inside a name or number: white space, invisible marks, dots, hyphens.</summary>
    Soft,

    /// <summary>Any other mark, or the beginning.</summary>
    Hard,
}

/// <summary>
/// What is left of a text when spelling is taken away: full-width forms, other scripts' digits, case, and everything that is
/// neither letter nor digit.
/// </summary>
internal static class TextSigns
{
    private const int FullWidthFirst = 0xFF01;
    private const int FullWidthLast = 0xFF5E;
    private const int FullWidthOffset = 0xFEE0;
    private static readonly Rune s_middleDot = new('\u00B7');
    private static readonly Rune s_cross = new('X');

    /// <summary>What people type for the X of an identity number: the Roman ten, the sign of multiplication, the Cyrillic letter.</summary>
    private static readonly Rune[] s_crosses =
    [
        new('\u2169'),
        new('\u2179'),
        new('\u00D7'),
        new('\u0425'),
        new('\u0445'),
    ];

    public static List<TextSign> Find(string text)
    {
        var signs = new List<TextSign>(text.Length);
        var gap = TextGap.Hard;
        for (var at = 0; at < text.Length; )
        {
            _ = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length); // broken: the replacement character
            if (Signed(text, at, rune) is { } value)
            {
                signs.Add(new TextSign(value, at, at + length, gap));
                gap = TextGap.None;
            }
            else if (gap != TextGap.Hard)
            {
                gap = IsSoft(rune) ? TextGap.Soft : TextGap.Hard;
            }

            at += length;
        }

        return signs;
    }

    /// <summary>By hand, because the process has no globalization data to normalize with.</summary>
    private static Rune? Signed(string text, int at, Rune rune) =>
        rune.IsAscii ? Plain(rune)
        : CharUnicodeInfo.GetDigitValue(text, at) is >= 0 and var digit ? new Rune((char)('0' + digit))
        : rune.Value is >= FullWidthFirst and <= FullWidthLast ? Plain(new Rune(rune.Value - FullWidthOffset))
        : s_crosses.Contains(rune) ? s_cross
        : Plain(rune);

    private static Rune? Plain(Rune rune) =>
        Rune.IsDigit(rune) ? rune
        : Rune.IsLetter(rune) || rune.Value == '〇' ? Rune.ToUpperInvariant(rune)
        : null;

    private static bool IsSoft(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || rune == s_middleDot
        || rune.Value is '.' or '\uFF0E' or '\uFF65' or '\u2022' or '\u2027' or '\u2219' or '\u22C5' or '\u30FB'
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Format
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.DashPunctuation
                or UnicodeCategory.ConnectorPunctuation;
}
