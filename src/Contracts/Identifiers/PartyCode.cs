using System.Text.RegularExpressions;
using Integration.Contracts.Identifiers.Folding;

namespace Integration.Contracts.Identifiers;

/// <summary>What comparing two codes says.</summary>
internal enum CodeComparison
{
    /// <summary>They are one party's.</summary>
    Same,

    /// <summary>They are two parties'.</summary>
    Other,

    /// <summary>One of them is missing, masked, or of a kind that the other cannot be held against.</summary>
    NotComparable,
}

/// <summary>
/// The code of a person or an organisation as registers hold it: the one place where such codes are compared. Since 2015 (GB 32100-2015) the
/// organisation code (GB 11714-1997) is places 9 to 17 of the unified code; registration numbers of 15 digits have no relation to it.
/// </summary>
internal static partial class PartyCode
{
    private const int OrganisationCodeAt = 8;
    private const int OrganisationCodeLength = 9;

    /// <summary>What is written where there is no code.</summary>
    private static readonly string[] s_nothing = ["无", "不详", "未知", "空", "/", "-", "--", "—", "——", "NULL", "0"];

    /// <summary>Half-width capitals and digits without blanks and hyphens; null when there is no code.</summary>
    public static string? Normalise(string? text)
    {
        var code = IdentifierText.Compact(CharacterFolding.Compatible(text ?? string.Empty));
        if (code.Length == 0 || s_nothing.Contains(code, StringComparer.Ordinal))
        {
            return null;
        }

        if (ResidentId.Parse(code) is { IsValid: true, Value.Value: var resident } && code.Length == resident.Length)
        {
            return resident;
        }

        return code.Replace("-", string.Empty, StringComparison.Ordinal) is { Length: > 0 } plain ? plain : null;
    }

    /// <summary>Holds what a party says of itself against what a register says.</summary>
    /// <param name="claimed">A resident identity number or a unified credit code in normal form; null: not said.</param>
    /// <param name="recorded">As the register has it.</param>
    public static CodeComparison Compare(string? claimed, string? recorded)
    {
        if (claimed is null || Normalise(recorded) is not { } code)
        {
            return CodeComparison.NotComparable;
        }

        var forms = FormsOf(claimed);
        if (forms.Contains(code, StringComparer.Ordinal))
        {
            return CodeComparison.Same;
        }

        if (Mask().Match(code) is { Success: true } mask)
        {
            return forms.Any(form => Fits(form, mask)) ? CodeComparison.NotComparable : CodeComparison.Other;
        }

        var isOrganisation = CreditCode.Parse(claimed).IsValid;
        return (isOrganisation, code.Length) switch
        {
            (_, 18) => CodeComparison.Other,
            (true, OrganisationCodeLength or OrganisationCodeLength - 1) => CodeComparison.Other,
            (false, 15) when code.All(char.IsAsciiDigit) => CodeComparison.Other,
            _ => CodeComparison.NotComparable, // a registration number, a passport
        };
    }

    /// <summary>The spellings under which registers hold one code.</summary>
    private static string[] FormsOf(string claimed) =>
        CreditCode.Parse(claimed).IsValid
            ?
            [
                claimed,
                claimed.Substring(OrganisationCodeAt, OrganisationCodeLength),
                claimed.Substring(OrganisationCodeAt, OrganisationCodeLength - 1), // without its check character
            ]
        : ResidentId.Parse(claimed).IsValid && claimed[6..8] == "19" ? [claimed, claimed[..6] + claimed[8..17]]
        : [claimed];

    private static bool Fits(string form, Match mask) =>
        mask.Groups["head"].Value is var head
        && mask.Groups["tail"].Value is var tail
        && head.Length + tail.Length <= form.Length
        && form.StartsWith(head, StringComparison.Ordinal)
        && form.EndsWith(tail, StringComparison.Ordinal);

    /// <summary>Visible places, hidden ones, visible places. Registers hide with different signs, and with fewer signs than places.</summary>
    [GeneratedRegex(
        @"^(?<head>[0-9A-Z]*)[*×●○•#✱]+(?:[0-9A-Z*×●○•#✱]*[*×●○•#✱])?(?<tail>[0-9A-Z]*)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Mask();
}
