using System.Globalization;
using System.Text;

namespace Integration.Contracts.Identifiers;

/// <summary>What people and systems do to identifiers on the way: full-width forms, white space, lower case, invisible marks.</summary>
internal static class IdentifierText
{
    private const char FullWidthFirst = '\uFF01';
    private const char FullWidthLast = '\uFF5E';
    private const int FullWidthOffset = 0xFEE0;

    /// <summary>Full-width ASCII becomes ASCII, white space (also U+3000) and invisible marks go, a-z become upper case.</summary>
    public static string Compact(string? text)
    {
        var compact = new StringBuilder(text?.Length ?? 0);
        foreach (var c in text ?? string.Empty)
        {
            if (!IsBlank(c))
            {
                var half = HalfWidth(c);
                compact.Append(char.IsAsciiLetterLower(half) ? (char)(half - 'a' + 'A') : half);
            }
        }

        return compact.ToString();
    }

    public static char HalfWidth(char c) =>
        c is >= FullWidthFirst and <= FullWidthLast ? (char)(c - FullWidthOffset) : c;

    /// <summary>White space, or a mark that spreadsheets and browsers add unseen (U+200B, U+202C, U+FEFF …).</summary>
    public static bool IsBlank(char c) =>
        char.IsWhiteSpace(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    public static bool AllDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>Keeps the first and last characters and hides the rest, so that two records can be told apart.</summary>
    public static string Mask(string? value, int head, int tail) =>
        value is null || value.Length <= head + tail
            ? "***"
            : string.Concat(value.AsSpan(0, head), "***", value.AsSpan(value.Length - tail));
}
