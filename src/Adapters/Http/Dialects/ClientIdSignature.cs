using System.Security.Cryptography;
using System.Text;

namespace Integration.Adapters.Http.Dialects;

/// <summary>
/// Signature of the <c>X-Client-Id</c> family: Base64 HMAC-SHA256 over client id + timestamp + nonce. The body is not
/// covered.
/// </summary>
internal static class ClientIdSignature
{
    /// <summary>The value of <c>X-Signature</c>.</summary>
    /// <param name="clientId">Who calls.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="timestamp">Epoch milliseconds as decimal text; the platform accepts it for 10 minutes.</param>
    /// <param name="nonce">Never used before.</param>
    public static string Compute(string clientId, string secret, string timestamp, string nonce) =>
        Convert.ToBase64String(
            HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(secret),
                Encoding.UTF8.GetBytes(string.Concat(clientId, timestamp, nonce))
            )
        );
}
