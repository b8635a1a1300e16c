using System.Threading.RateLimiting;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Limits;

/// <summary>
/// Requests of all callers at once. No request waits here: what does not fit is turned away at once, which is cheap; batches
/// have a share only, so a live request finds room while batches are already turned away.
/// </summary>
internal sealed class LoadShedding(IOptions<LimitOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _all = Limiter(options.Value.AtOnce);
    private readonly ConcurrencyLimiter _batches = Limiter(
        Math.Max(1, (int)(options.Value.AtOnce * options.Value.BatchShare))
    );

    /// <summary>What is given back at the end; null when there is no room.</summary>
    public IDisposable? TakePlace(CallPriority priority)
    {
        if (priority == CallPriority.Live)
        {
            return Take(_all);
        }

        var share = Take(_batches);
        if (share is null)
        {
            return null;
        }

        if (Take(_all) is { } place)
        {
            return new Both(place, share);
        }

        share.Dispose();
        return null;
    }

    public void Dispose()
    {
        _all.Dispose();
        _batches.Dispose();
    }

    private static ConcurrencyLimiter Limiter(int permits) => new(new() { PermitLimit = permits, QueueLimit = 0 });

    private static RateLimitLease? Take(ConcurrencyLimiter limiter)
    {
        var lease = limiter.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }

    private sealed class Both(RateLimitLease place, RateLimitLease share) : IDisposable
    {
        public void Dispose()
        {
            place.Dispose();
            share.Dispose();
        }
    }
}
