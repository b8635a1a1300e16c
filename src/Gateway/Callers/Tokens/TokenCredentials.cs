using System.Text;
using System.Text.Unicode;
using Integration.Gateway.Platform.Problems;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// Who a token request says it comes from, and what it shows; proves nothing yet. It decides only in whose room the request
/// waits: the proof is <see cref="ClientAuthentication"/>'s, which has them from OpenIddict.
/// </summary>
/// <param name="ClientId">As claimed; empty when nothing is claimed.</param>
/// <param name="Secret">Null: none is shown.</param>
/// <param name="HasAssertion">Whether an assertion is shown.</param>
internal sealed record TokenCredentials(string ClientId, string? Secret, bool HasAssertion)
{
    private const string Scheme = "Basic ";

    /// <summary>Characters; an id of 128 and a secret of 1,024, each percent-encoded, and Base64.</summary>
    private const int LongestHeader = 6 * 1024;

    public static Result<TokenCredentials> Parse(HttpRequest request, IFormCollection form)
    {
        var assertion = form[Parameters.ClientAssertion] is [{ } signed] ? signed : null;
        var header = request.Headers.Authorization;
        if (
            header.Count == 0
            || (header is [{ } other] && !other.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        )
        {
            return new TokenCredentials(
                form[Parameters.ClientId] is [{ Length: > 0 } id] ? id : IssuerOf(assertion),
                form[Parameters.ClientSecret] is [var secret] ? secret : null,
                assertion is not null
            );
        }

        return header is [{ Length: <= LongestHeader } basic] && OfBasic(basic[Scheme.Length..]) is var (user, password)
            ? new TokenCredentials(user, password, assertion is not null)
            : TokenForm.Fault("authorization", "The header Authorization is not one of HTTP Basic (RFC 7617).");
    }

    /// <summary>An assertion names its client, so the form need not; not verified here.</summary>
    private static string IssuerOf(string? assertion)
    {
        if (assertion is null)
        {
            return string.Empty;
        }

        try
        {
            return new JsonWebToken(assertion).Issuer ?? string.Empty;
        }
        catch (Exception reason) when (reason is ArgumentException or SecurityTokenException)
        {
            // No token at all: it names no client, and OpenIddict refuses it.
            return string.Empty;
        }
    }

    private static (string Id, string Password)? OfBasic(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || !Utf8.IsValid(bytes.AsSpan(0, length)))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }

        var (id, password) = (Plain(text[..colon]), Plain(text[(colon + 1)..]));
        return TokenForm.HasControl(id) || TokenForm.HasControl(password) ? null : (id, password);
    }

    /// <summary>RFC 6749 2.3.1: both are form-encoded before they go into the header.</summary>
    private static string Plain(string text) =>
        Uri.UnescapeDataString(text.Replace("+", "%20", StringComparison.Ordinal));
}
