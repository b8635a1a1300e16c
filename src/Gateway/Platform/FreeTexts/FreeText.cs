using System.Text;

namespace Integration.Gateway.Platform.FreeTexts;

/// <summary>
/// The one rule for texts that others choose and that stand unsealed: in logs, evidence, timelines, notices, columns. None
/// holds an identity number, a mobile telephone number, or the name of a person of the same request.
/// </summary>
internal static class FreeText
{
    /// <summary>The code of the fault.</summary>
    public const string Code = "personal-data";

    /// <summary>What stands for personal data where a text is shown that could not be refused.</summary>
    public const string Mask = "***";

    private const string OfNumber =
        "The text reads as or holds a resident identity number or a mobile telephone number; send a text that says nothing about a person.";
    private const string OfName =
        "The text holds the name of a person of this request; send a text that says nothing about a person.";

    /// <summary>A code and a sentence that never repeats the text; null: nothing is wrong.</summary>
    public static (string Code, string Message)? FaultIn(string? text, PersonNames names)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var signs = TextSigns.Find(text);
        return PersonNumbers.In(signs).Any() ? (Code, OfNumber)
            : names.In(signs).Any() ? (Code, OfName)
            : null;
    }

    /// <summary>Whether the text may stand unsealed, as far as the text alone says.</summary>
    public static bool IsPlain(string? text) => FaultIn(text, PersonNames.None) is null;

    /// <summary>The text with <see cref="Mask"/> in the place of every number and name.</summary>
    public static string? Masked(string? text, PersonNames names)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        var signs = TextSigns.Find(text);
        var isPersonal = new bool[text.Length];
        foreach (var found in PersonNumbers.In(signs).Concat(names.In(signs)))
        {
            var (from, until) = (signs[found.Start.Value].Start, signs[found.End.Value - 1].End);
            Array.Fill(isPersonal, value: true, from, until - from);
        }

        return Array.IndexOf(isPersonal, true) < 0 ? text : Masked(text, isPersonal);
    }

    private static string Masked(string text, bool[] isPersonal)
    {
        var masked = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!isPersonal[i])
            {
                masked.Append(text[i]);
            }
            else if (i == 0 || !isPersonal[i - 1])
            {
                masked.Append(Mask);
            }
        }

        return masked.ToString();
    }
}
