using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Integration.FlowTests.PersonalData;

/// <summary>Looks for known names and numbers in a text, in every spelling in which they could have got there.</summary>
internal static class Traces
{
    /// <summary>The secrets that stand in the text.</summary>
    public static IReadOnlyList<string> In(string text, IEnumerable<string> secrets) =>
        [
            .. secrets.Where(secret =>
                Spellings(secret).Any(spelling => text.Contains(spelling, StringComparison.OrdinalIgnoreCase))
            ),
        ];

    private static IEnumerable<string> Spellings(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return JsonEncodedText.Encode(secret, JavaScriptEncoder.Default).ToString();
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        yield return Convert.ToHexString(Encoding.UTF8.GetBytes(secret));
    }
}
