using System.Security.Cryptography;
using System.Text;

namespace Integration.Adapters.Http.Dialects;

/// <summary>
/// Signature of Zhejiang's IRS family: lower hexadecimal MD5 over app key + secret + request time. The secret is the
/// app secret, the refresh secret or the request secret, depending on the call. The protocol prescribes MD5.
/// </summary>
internal static class IrsSignature
{
    /// <summary>The value of <c>sign</c>.</summary>
    /// <param name="appKey">Who calls.</param>
    /// <param name="secret">The secret that belongs to the call.</param>
    /// <param name="requestTime">Epoch milliseconds as decimal text.</param>
    public static string Compute(string appKey, string secret, string requestTime) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(string.Concat(appKey, secret, requestTime))));
}
