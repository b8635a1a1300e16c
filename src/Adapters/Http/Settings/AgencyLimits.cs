namespace Integration.Adapters.Http.Settings;

/// <summary>What one agency may cost us: section <c>Agencies:{agency}:Limits</c>.</summary>
internal sealed record AgencyLimits
{
    /// <summary>Longest time for one question, all attempts together.</summary>
    /// <value>Default 4.5 s; the caller's own deadline counts when it is earlier.</value>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromSeconds(4.5);

    /// <summary>Longest time for one attempt, waiting for a call key included.</summary>
    /// <value>Default 2 s; shorter than <see cref="TotalTime"/>.</value>
    public TimeSpan AttemptTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest time to connect (DNS, TCP, TLS).</summary>
    /// <value>Default 1 s; not longer than <see cref="AttemptTime"/>.</value>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often an idempotent read is sent again after a transient failure.</summary>
    /// <value>Default 1; 0 to 3.</value>
    public int Retries { get; init; } = 1;

    /// <summary>Median wait before a retry; the real one is jittered.</summary>
    /// <value>Default 100 ms; shorter than <see cref="AttemptTime"/>.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Questions under way at once.</summary>
    /// <value>Default 64; 1 to 1,000.</value>
    public int Parallel { get; init; } = 64;

    /// <summary>Questions that may wait for a place; the next is turned away.</summary>
    /// <value>Default 128; 0 to 10,000.</value>
    public int Waiting { get; init; } = 128;

    /// <summary>Share of <see cref="Parallel"/> that batches may have; they never wait.</summary>
    /// <value>Default 0.5; above 0, at most 1. One place at least.</value>
    public double BatchShare { get; init; } = 0.5;

    /// <summary>Requests a second, retries included; key and token requests are not counted.</summary>
    /// <value>Default none; 1 to 100,000.</value>
    public int? PerSecond { get; init; }

    /// <summary>Requests that may be saved up while there are few.</summary>
    /// <value>Default <see cref="PerSecond"/>, and only with it; 1 to 100,000.</value>
    public int? Burst { get; init; }

    /// <summary>Requests a day (UTC+8) over all nodes, retries included.</summary>
    /// <value>Default none; at least 1.</value>
    public long? PerDay { get; init; }

    /// <summary>Largest answer.</summary>
    /// <value>Bytes; default 1 MiB, at most 16 MiB.</value>
    public int AnswerBytes { get; init; } = 1024 * 1024;

    /// <summary>Share of failed attempts that opens the circuit breaker.</summary>
    /// <value>Default 0.5; above 0, at most 1.</value>
    public double BreakRatio { get; init; } = 0.5;

    /// <summary>Fewer attempts than this within <see cref="BreakWindow"/> never open the breaker.</summary>
    /// <value>Default 10; at least 2.</value>
    public int BreakMinimum { get; init; } = 10;

    /// <summary>Period over which attempts are counted.</summary>
    /// <value>Default 30 s; at least 0.5 s.</value>
    public TimeSpan BreakWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the breaker stays open before one attempt is let through.</summary>
    /// <value>Default 10 s; at least 0.5 s.</value>
    public TimeSpan BreakTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Everything wrong with these limits, relations included.</summary>
    public IEnumerable<string> Faults()
    {
        var half = TimeSpan.FromSeconds(0.5);
        (bool Holds, string Rule)[] rules =
        [
            (
                TotalTime > TimeSpan.Zero && TotalTime <= TimeSpan.FromMinutes(2),
                "TotalTime is above 0 and at most 2 min"
            ),
            (AttemptTime >= TimeSpan.FromMilliseconds(10), "AttemptTime is at least 10 ms"),
            (AttemptTime < TotalTime, "AttemptTime is shorter than TotalTime"),
            (
                ConnectTime > TimeSpan.Zero && ConnectTime <= AttemptTime,
                "ConnectTime is above 0 and not above AttemptTime"
            ),
            (Retries is >= 0 and <= 3, "Retries is 0 to 3"),
            (RetryDelay >= TimeSpan.Zero && RetryDelay < AttemptTime, "RetryDelay is shorter than AttemptTime"),
            (Parallel is >= 1 and <= 1000, "Parallel is 1 to 1000"),
            (Waiting is >= 0 and <= 10_000, "Waiting is 0 to 10000"),
            (BatchShare is > 0 and <= 1, "BatchShare is above 0 and at most 1"),
            (PerSecond is null or (>= 1 and <= 100_000), "PerSecond is 1 to 100000"),
            (Burst is null or (>= 1 and <= 100_000), "Burst is 1 to 100000"),
            (Burst is null || PerSecond is not null, "Burst needs PerSecond"),
            (PerDay is null or >= 1, "PerDay is at least 1"),
            (AnswerBytes is >= 1024 and <= 16 * 1024 * 1024, "AnswerBytes is 1 KiB to 16 MiB"),
            (BreakRatio is > 0 and <= 1, "BreakRatio is above 0 and at most 1"),
            (BreakMinimum is >= 2 and <= 10_000, "BreakMinimum is 2 to 10000"),
            (BreakWindow >= half && BreakWindow <= TimeSpan.FromHours(1), "BreakWindow is 0.5 s to 1 h"),
            (BreakTime >= half && BreakTime <= TimeSpan.FromHours(1), "BreakTime is 0.5 s to 1 h"),
        ];
        return rules.Where(rule => !rule.Holds).Select(rule => $"Limits: {rule.Rule}");
    }
}
