using System.Collections.Concurrent;

namespace Integration.Sandbox.Signing;

/// <summary>Accepts each nonce once within the window in which its time stamp would be accepted.</summary>
internal sealed class Nonces(TimeProvider time, TimeSpan window)
{
    private const int SweepEvery = 4096;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private int _sinceSweep;

    /// <summary>True the first time.</summary>
    public bool Accept(string nonce)
    {
        var now = time.GetUtcNow();
        if (Interlocked.Increment(ref _sinceSweep) % SweepEvery == 0)
        {
            Sweep(now);
        }

        return _seen.TryAdd(nonce, now);
    }

    public void Clear() => _seen.Clear();

    private void Sweep(DateTimeOffset now)
    {
        // A time stamp may be early by a whole window as well as late.
        foreach (var (nonce, at) in _seen)
        {
            if (now - at > 2 * window)
            {
                _seen.TryRemove(nonce, out _);
            }
        }
    }
}
