using System.Threading.RateLimiting;

namespace Integration.Gateway.Callers;

/// <summary>
/// How many refusals of strangers are written to the log: 100, and 10 a second from then on, of all kinds together. All of
/// them are counted in metrics; a flood must not fill a disk.
/// </summary>
internal sealed class RefusalLogRate : IDisposable
{
    private readonly TokenBucketRateLimiter _lines = new(
        new()
        {
            TokenLimit = 100,
            TokensPerPeriod = 10,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }
    );

    public bool Allows()
    {
        using var lease = _lines.AttemptAcquire();
        return lease.IsAcquired;
    }

    public void Dispose() => _lines.Dispose();
}
