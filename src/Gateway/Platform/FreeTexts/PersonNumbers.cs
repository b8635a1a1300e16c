using System.Runtime.InteropServices;
using Integration.Contracts.Identifiers;

namespace Integration.Gateway.Platform.FreeTexts;

/// <summary>
/// Finds resident identity numbers (GB 11643: division, birth date, check character; also the form of 15 digits) and mobile
/// telephone numbers in a text, with any signs between their digits. A number that does not check is an order number, and
/// a unified social credit code is an enterprise's.
/// </summary>
internal static class PersonNumbers
{
    private const int IdentityLength = 18;
    private const int OldIdentityLength = 15;
    private const int MobileLength = 11;

    /// <summary>Of the signs; first and the one after the last.</summary>
    public static IEnumerable<Range> In(List<TextSign> signs)
    {
        for (var at = 0; at < signs.Count; at++)
        {
            var length =
                !signs[at].IsDigit ? 0
                : IsIdentity(signs, at) ? IdentityLength
                : IsOldIdentity(signs, at) ? OldIdentityLength
                : MobileIn(signs, at);
            if (length > 0)
            {
                yield return at..(at + length);
                at += length - 1;
            }
        }
    }

    /// <summary>A longer number may hold one: people put a serial number behind it.</summary>
    private static bool IsIdentity(List<TextSign> signs, int at) =>
        at + IdentityLength <= signs.Count
        && CollectionsMarshal.AsSpan(signs).Slice(at, IdentityLength) is var window
        && AreDigits(window[..^1])
        && (window[^1].IsDigit || window[^1].Value.Value == 'X')
        && IsIdentity(Text(window));

    private static bool IsIdentity(string number) =>
        IsDivision(number)
        && ResidentId.Parse(number).IsValid
        && !(number[0] == '9' && CreditCode.Parse(number).IsValid);

    /// <summary>It has no check character, so it must stand by itself: in one piece, or nothing but it.</summary>
    private static bool IsOldIdentity(List<TextSign> signs, int at)
    {
        if (at + OldIdentityLength > signs.Count)
        {
            return false;
        }

        var window = CollectionsMarshal.AsSpan(signs).Slice(at, OldIdentityLength);
        if (!AreDigits(window) || window[0].Value.Value == '9')
        {
            return false;
        }

        var isWhole = !IsDigitAt(signs, at - 1) && !IsDigitAt(signs, at + OldIdentityLength);
        return (isWhole || IsToken(signs, at, OldIdentityLength))
            && Text(window) is var number
            && IsDivision(number)
            && ResidentId.Parse(number).IsValid;
    }

    /// <summary>11 digits that begin with 13 to 19, in one piece or 3-4-4, also after +86; 0: there is none.</summary>
    private static int MobileIn(List<TextSign> signs, int at) =>
        IsToken(signs, at, MobileLength) && IsMobile(signs, at) ? MobileLength
        : IsToken(signs, at, MobileLength + 2) && Is(signs, at, "86") && IsMobile(signs, at + 2) ? MobileLength + 2
        : IsToken(signs, at, 3) && IsToken(signs, at + 3, 4) && IsToken(signs, at + 7, 4) && IsMobile(signs, at)
            ? MobileLength
        : 0;

    private static bool IsMobile(List<TextSign> signs, int at) =>
        Is(signs, at, "1") && signs[at + 1].Value.Value is >= '3' and <= '9';

    /// <summary>Exactly so many digits with nothing between them and no digit next to them.</summary>
    private static bool IsToken(List<TextSign> signs, int at, int length)
    {
        if (at + length > signs.Count)
        {
            return false;
        }

        for (var i = at; i < at + length; i++)
        {
            if (!signs[i].IsDigit || (i > at && signs[i].Before != TextGap.None))
            {
                return false;
            }
        }

        return !(IsDigitAt(signs, at - 1) && signs[at].Before == TextGap.None)
            && !(IsDigitAt(signs, at + length) && signs[at + length].Before == TextGap.None);
    }

    /// <summary>Provinces of GB/T 2260; 9 is the permanent residence of foreigners.</summary>
    private static bool IsDivision(string number) =>
        number[0] switch
        {
            '1' => number[1] is >= '1' and <= '5',
            '2' => number[1] is >= '1' and <= '3',
            '3' => number[1] is >= '1' and <= '7',
            '4' => number[1] is >= '1' and <= '6',
            '5' => number[1] is >= '0' and <= '4',
            '6' => number[1] is >= '1' and <= '5',
            '7' => number[1] is '1',
            '8' => number[1] is >= '1' and <= '3',
            '9' => number[1] is >= '1' and <= '8',
            _ => false,
        };

    private static bool IsDigitAt(List<TextSign> signs, int at) => at >= 0 && at < signs.Count && signs[at].IsDigit;

    private static bool Is(List<TextSign> signs, int at, string digits)
    {
        for (var i = 0; i < digits.Length; i++)
        {
            if (signs[at + i].Value.Value != digits[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreDigits(ReadOnlySpan<TextSign> signs)
    {
        foreach (var sign in signs)
        {
            if (!sign.IsDigit)
            {
                return false;
            }
        }

        return true;
    }

    private static string Text(ReadOnlySpan<TextSign> signs)
    {
        Span<char> text = stackalloc char[signs.Length];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)signs[i].Value.Value;
        }

        return new string(text);
    }
}
