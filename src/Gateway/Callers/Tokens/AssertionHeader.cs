using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// The header of a client's assertion. What it marks as critical has to be understood or refused (RFC 7515, 4.1.11), and
/// neither OpenIddict nor its token library looks: no extension is understood here, so any <c>crit</c> is refused.
/// </summary>
internal static class AssertionHeader
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Whether every member can be understood: one JSON object, each member once, nothing critical.</summary>
    public static bool IsUnderstood(SecurityToken token)
    {
        if (token is not JsonWebToken { EncodedHeader: { Length: > 0 } encoded })
        {
            return false;
        }

        try
        {
            using var header = JsonDocument.Parse(
                Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(encoded)),
                s_strict
            );
            return header.RootElement.ValueKind == JsonValueKind.Object
                && !header.RootElement.TryGetProperty("crit", out _);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            return false;
        }
    }
}
