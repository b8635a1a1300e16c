namespace Integration.Adapters.Ports;

/// <summary>
/// So many a second, with a number saved up while there are few (token bucket). The same counting for agencies and for
/// callers. Safe to use by many requests at once; holds two numbers, never more.
/// </summary>
/// <remarks>
/// Not <c>TokenBucketRateLimiter</c>: that takes its time from the machine, so that no test could move it, and it cannot
/// take a token back.
/// </remarks>
public sealed class RateAllowance
{
    /// <summary>Sums of fractions do not quite reach whole numbers.</summary>
    private const double AlmostOne = 1 - 1e-6;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private double _left;
    private long _seenAt;

    /// <summary>Starts with everything saved up.</summary>
    /// <param name="perSecond">How many are added a second; at least 1.</param>
    /// <param name="burst">How many may be saved up; at least 1.</param>
    /// <param name="time">Clock.</param>
    public RateAllowance(int perSecond, int burst, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSecond);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(burst);
        ArgumentNullException.ThrowIfNull(time);
        (PerSecond, Burst, _time) = (perSecond, burst, time);
        (_left, _seenAt) = (burst, time.GetTimestamp());
    }

    /// <summary>How many are added a second.</summary>
    public int PerSecond { get; }

    /// <summary>How many may be saved up.</summary>
    public int Burst { get; }

    /// <summary>How many may be taken at once now.</summary>
    public int Left
    {
        get
        {
            lock (_lock)
            {
                Refill();
                return (int)(_left + (1 - AlmostOne));
            }
        }
    }

    /// <summary>Takes one.</summary>
    /// <param name="retryAfter">When there is one again; zero when one was taken.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTake(out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            Refill();
            if (_left < AlmostOne)
            {
                retryAfter = TimeSpan.FromSeconds((1 - _left) / PerSecond);
                return false;
            }

            _left = Math.Max(0, _left - 1);
            retryAfter = TimeSpan.Zero;
            return true;
        }
    }

    /// <summary>Gives one back that was not used.</summary>
    public void GiveBack()
    {
        lock (_lock)
        {
            _left = Math.Min(Burst, _left + 1);
        }
    }

    private void Refill()
    {
        var now = _time.GetTimestamp();
        var passed = Math.Max(0, _time.GetElapsedTime(_seenAt, now).TotalSeconds); // a clock that is set back takes nothing away
        _left = Math.Min(Burst, _left + (passed * PerSecond));
        _seenAt = now;
    }
}
