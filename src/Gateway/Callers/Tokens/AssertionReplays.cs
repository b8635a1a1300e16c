using System.Collections.Concurrent;
using System.Security.Claims;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// Remembers the ids of assertions until they expire, so that each buys one token. Kept in this process: on several nodes a
/// stolen assertion could be used once per node, within its few minutes.
/// </summary>
internal sealed class AssertionReplays(TimeProvider time)
{
    /// <summary>An assertion may be good for so long at most; it bounds what is remembered.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    private const int MaxIdLength = 128;
    private readonly ConcurrentDictionary<(string Client, string Id), DateTimeOffset> _seen = new();

    /// <summary>True once per id and client; false also for an assertion without an id, or good for too long.</summary>
    public bool IsFirst(string clientId, ClaimsPrincipal assertion)
    {
        var now = time.GetUtcNow();
        Forget(now);
        return assertion.GetClaim(Claims.JwtId) is { Length: > 0 and <= MaxIdLength } id
            && assertion.GetExpirationDate() is { } expiry
            && expiry <= now + LongestLife
            && _seen.TryAdd((clientId, id), expiry);
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
