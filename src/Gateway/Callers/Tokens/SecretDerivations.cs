using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// How many secrets are compared at once where that takes a key derivation, each of which keeps a core busy. None waits: a
/// queue of strangers would be served before a client that comes later.
/// </summary>
internal sealed class SecretDerivations(IOptions<TokenOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _places = new(
        new() { PermitLimit = options.Value.DerivationsAtOnce, QueueLimit = 0 }
    );

    /// <summary>What is given back when the derivation has ended; null when all places are taken.</summary>
    public IDisposable? Take()
    {
        var lease = _places.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }

    public void Dispose() => _places.Dispose();
}
