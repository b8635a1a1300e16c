using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Integration.Sandbox.Signing;

/// <summary>Tokens an agency has issued, each valid for its own time.</summary>
internal sealed class IssuedTokens(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _endsAt = new(StringComparer.Ordinal);

    /// <summary>Tokens in force; expired ones are dropped on the way.</summary>
    public IEnumerable<string> InForce
    {
        get
        {
            foreach (var (token, endsAt) in _endsAt)
            {
                if (time.GetUtcNow() < endsAt)
                {
                    yield return token;
                }
                else
                {
                    _endsAt.TryRemove(token, out _);
                }
            }
        }
    }

    public string Issue(TimeSpan lifetime)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _endsAt[token] = time.GetUtcNow() + lifetime;
        return token;
    }

    public bool IsInForce(string token) => _endsAt.TryGetValue(token, out var endsAt) && time.GetUtcNow() < endsAt;

    public void Clear() => _endsAt.Clear();
}
