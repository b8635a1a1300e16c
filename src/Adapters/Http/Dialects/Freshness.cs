using System.Globalization;
using System.Security.Cryptography;

namespace Integration.Adapters.Http.Dialects;

/// <summary>What makes each attempt's signature its own.</summary>
internal static class Freshness
{
    private const int NonceCharacters = 32;

    /// <summary>128 random bits as lower hex.</summary>
    public static string Nonce() => RandomNumberGenerator.GetHexString(NonceCharacters, lowercase: true);

    /// <summary>Epoch milliseconds as decimal text.</summary>
    public static string Milliseconds(TimeProvider time) =>
        time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Epoch seconds as decimal text.</summary>
    public static string Seconds(TimeProvider time) =>
        time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Sets a header for this attempt, or takes it off: a request that is sent again carries the former one, a forwarded
    /// one the header that came in with it.
    /// </summary>
    public static void SetHeader(this HttpRequestMessage request, string name, string? value)
    {
        request.Headers.Remove(name);
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
