namespace Integration.Gateway.Platform.Idempotency;

/// <summary>Lets one request per key through; duplicates in this process wait for it. Across nodes the unique key decides.</summary>
internal sealed class IdempotencyGate(TimeProvider time)
{
    /// <summary>Duplicates of one key that may wait; one more is told to come back.</summary>
    private const int LongestQueue = 32;

    /// <summary>How long a duplicate waits for the first.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly Dictionary<(string CallerId, string Key), Lane> _lanes = [];
    private readonly Lock _lock = new();

    /// <summary>Waits for the turn.</summary>
    /// <returns>Dispose it to let the next one in; null when the queue is full or the wait took too long.</returns>
    public async Task<IDisposable?> EnterAsync((string CallerId, string Key) key, CancellationToken cancellationToken)
    {
        var lane = Join(key);
        if (lane is null)
        {
            return null;
        }

        try
        {
            if (lane.Mutex.Wait(0, cancellationToken) || await WaitForTurnAsync(lane, cancellationToken))
            {
                return new Turn(this, key, lane);
            }
        }
        catch
        {
            Leave(key, lane);
            throw;
        }

        Leave(key, lane);
        return null;
    }

    private async Task<bool> WaitForTurnAsync(Lane lane, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await lane.Mutex.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private Lane? Join((string CallerId, string Key) key)
    {
        lock (_lock)
        {
            if (!_lanes.TryGetValue(key, out var lane))
            {
                _lanes[key] = lane = new Lane();
            }

            return lane.Members++ <= LongestQueue ? lane : Refuse(lane);
        }

        static Lane? Refuse(Lane lane)
        {
            lane.Members--;
            return null;
        }
    }

    private void Leave((string CallerId, string Key) key, Lane lane)
    {
        lock (_lock)
        {
            if (--lane.Members == 0)
            {
                _lanes.Remove(key);
                lane.Mutex.Dispose();
            }
        }
    }

    private sealed class Lane
    {
        public SemaphoreSlim Mutex { get; } = new(1);

        /// <summary>The one inside and those who wait.</summary>
        public int Members { get; set; }
    }

    private sealed class Turn(IdempotencyGate gate, (string CallerId, string Key) key, Lane lane) : IDisposable
    {
        public void Dispose()
        {
            lane.Mutex.Release();
            gate.Leave(key, lane);
        }
    }
}
