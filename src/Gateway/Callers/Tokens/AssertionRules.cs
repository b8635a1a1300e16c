using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// What an assertion must fulfil besides signature, issuer and expiry, which OpenIddict has checked: it is for us alone, its
/// time has come, and it buys one token. The ids seen are kept in this process until they expire: on several nodes a stolen assertion could be used
/// once per node, within its few minutes.
/// </summary>
internal sealed class AssertionRules(IOptions<TokenOptions> options, TimeProvider time)
{
    /// <summary>An assertion may be good for so long at most; it bounds what is remembered.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    /// <summary>Clocks of clients may differ by so much.</summary>
    public static readonly TimeSpan ClientSkew = TimeSpan.FromSeconds(30);

    private const int MaxIdLength = 128;
    private readonly ConcurrentDictionary<(string Client, string Id), DateTimeOffset> _seen = new();

    /// <summary>Our address, with and without the final slash, and that of the endpoint; never the Host header.</summary>
    private readonly string[] _audiences =
    [
        new Uri(options.Value.Issuer).AbsoluteUri,
        new Uri(options.Value.Issuer).AbsoluteUri.TrimEnd('/'),
        new Uri(options.Value.Issuer).AbsoluteUri.TrimEnd('/') + TokenEndpoint.Path,
    ];

    /// <summary>True once per id and client.</summary>
    public bool AcceptOnce(string clientId, ClaimsPrincipal assertion)
    {
        var now = time.GetUtcNow();
        Forget(now);
        return assertion.GetClaims(Claims.Audience) is [var audience]
            && _audiences.Contains(audience, StringComparer.Ordinal)
            && HasBegun(assertion, now)
            && assertion.GetClaim(Claims.JwtId) is { Length: > 0 and <= MaxIdLength } id
            && assertion.GetExpirationDate() is { } expiry
            && expiry <= now + LongestLife
            && _seen.TryAdd((clientId, id), expiry);
    }

    private static bool HasBegun(ClaimsPrincipal assertion, DateTimeOffset now)
    {
        var latest = (now + ClientSkew).ToUnixTimeSeconds();
        return assertion.GetClaim(Claims.NotBefore) is not { } text
            || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var begin) && begin <= latest);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, expiry) in _seen)
        {
            if (expiry < now)
            {
                _seen.TryRemove(key, out _);
            }
        }
    }
}
