using System.Security.Cryptography;
using System.Text;

namespace Integration.Adapters.Http.Dialects;

/// <summary>
/// Signature of the <c>gateway_*</c> family: Base64 HMAC-SHA256 over app id + time. The key is the app key when a token
/// is fetched and the decrypted token for every other call. The body is not covered.
/// </summary>
internal static class GatewaySignature
{
    /// <summary>The value of <c>gateway_sig</c>.</summary>
    /// <param name="key">App key or decrypted token.</param>
    /// <param name="appId">Who calls.</param>
    /// <param name="rtime">Epoch milliseconds as decimal text.</param>
    public static string Compute(string key, string appId, string rtime) =>
        Convert.ToBase64String(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(string.Concat(appId, rtime)))
        );
}
