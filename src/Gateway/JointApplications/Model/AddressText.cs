using System.Globalization;
using System.Text;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// The form in which written addresses are compared: full-width and half-width, spaces and punctuation make no difference, and capitals
/// none. What stands between two numbers stays apart, so that 1-12号 is not 11-2号. Pure.
/// </summary>
internal static class AddressText
{
    private const char FullWidthFirst = '\uFF01';
    private const char FullWidthLast = '\uFF5E';
    private const char Dash = '-';
    private const char Other = ',';

    /// <summary>The normal form; of an address that is nothing but marks, its characters as they are.</summary>
    public static string Normalise(string address)
    {
        var text = new StringBuilder(address.Length);
        char? mark = null;
        foreach (var written in address)
        {
            var letter = char.ToUpperInvariant(HalfWidth(written));
            if (char.IsWhiteSpace(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format)
            {
                continue;
            }

            if (char.IsPunctuation(letter) || char.IsSymbol(letter))
            {
                mark = IsDash(letter) ? Dash : mark ?? Other;
                continue;
            }

            if (mark is { } between && text.Length > 0 && IsNumber(text[^1]) && IsNumber(letter))
            {
                text.Append(between);
            }

            mark = null;
            text.Append(letter);
        }

        return text.Length > 0 ? text.ToString() : address;
    }

    /// <summary>By hand, because without a culture's data the runtime normalises ASCII only.</summary>
    private static char HalfWidth(char letter) =>
        letter is >= FullWidthFirst and <= FullWidthLast ? (char)(letter - FullWidthFirst + '!') : letter;

    /// <summary>Also what people type for one: a minus, a tilde, a drawn line.</summary>
    private static bool IsDash(char letter) =>
        char.GetUnicodeCategory(letter) == UnicodeCategory.DashPunctuation || letter is '−' or '~' or '﹣' or '─';

    private static bool IsNumber(char letter) => char.IsAsciiLetterOrDigit(letter);
}
