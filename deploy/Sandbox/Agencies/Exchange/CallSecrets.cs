using System.Collections.Concurrent;
using System.Security.Cryptography;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.Exchange;

/// <summary>
/// The rotating call secrets, one per service. In the first half of its life a refresh answers the same secret again, so that
/// two nodes of a gateway do not void each other's; then a new one, and the former stays valid until its own end.
/// </summary>
internal sealed class CallSecrets(SandboxSettings settings)
{
    private readonly ConcurrentDictionary<string, Pair> _pairs = new(StringComparer.Ordinal);

    public Secret Issue(string sid)
    {
        var now = settings.Time.GetUtcNow();
        var pair = _pairs.AddOrUpdate(
            sid,
            _ => new Pair(Fresh(now), Former: null),
            (_, pair) => now < pair.Current.HalfTime ? pair : new Pair(Fresh(now), pair.Current)
        );
        return pair.Current;
    }

    /// <summary>Whether the call is signed under a secret of its service that is in force.</summary>
    public bool Confirm(ExchangeFields fields, DateTimeOffset now) =>
        _pairs.TryGetValue(fields.Sid, out var pair)
        && (
            IsSignedUnder(pair.Current, fields, now)
            || (pair.Former is { } former && IsSignedUnder(former, fields, now))
        );

    public void Forget(string sid) => _pairs.TryRemove(sid, out _);

    public void ForgetAll() => _pairs.Clear();

    public static string Sign(string key, ExchangeFields fields) =>
        Signatures.Hmac(key, fields.Sid + fields.Rid + fields.Rtime);

    private static bool IsSignedUnder(Secret secret, ExchangeFields fields, DateTimeOffset now) =>
        now < secret.EndsAt && Signatures.AreSame(Sign(secret.Value, fields), fields.Sign);

    private Secret Fresh(DateTimeOffset now) =>
        new(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            now + (settings.SecretLifetime / 2),
            now + settings.SecretLifetime
        );

    internal sealed record Secret(string Value, DateTimeOffset HalfTime, DateTimeOffset EndsAt);

    private sealed record Pair(Secret Current, Secret? Former);
}
