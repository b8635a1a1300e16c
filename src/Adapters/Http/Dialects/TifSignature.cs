using System.Security.Cryptography;
using System.Text;

namespace Integration.Adapters.Http.Dialects;

/// <summary>
/// Signature of the <c>x-tif-*</c> family: hexadecimal SHA-256 over timestamp + token + nonce + timestamp; lower case,
/// or upper case where the call names a service. The body is not covered.
/// </summary>
internal static class TifSignature
{
    /// <summary>The value of <c>x-tif-signature</c>.</summary>
    /// <param name="timestamp">Epoch seconds as decimal text.</param>
    /// <param name="token">The shared token.</param>
    /// <param name="nonce">Never used before.</param>
    /// <param name="namesService">Whether <c>x-tif-serviceId</c> is sent.</param>
    public static string Compute(string timestamp, string token, string nonce, bool namesService)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(timestamp, token, nonce, timestamp)));
        return namesService ? Convert.ToHexString(digest) : Convert.ToHexStringLower(digest);
    }
}
