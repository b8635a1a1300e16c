namespace Integration.Gateway.Evidence;

/// <summary>
/// Requests that wait for the one writer. The writer takes all that is there in one go and sleeps without spinning when
/// there is nothing: on a machine with few cores a spinning writer takes turns from those it waits for.
/// </summary>
/// <param name="capacity">How many may wait.</param>
internal sealed class EvidenceQueue(int capacity)
{
    /// <summary>Not a <see cref="Lock"/>: the writer waits on it.</summary>
    private readonly object _gate = new();

    private readonly Queue<EvidenceEntry> _waiting = new();
    private bool _writerSleeps;
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>False when it is full or closed.</summary>
    public bool TryAdd(EvidenceEntry entry)
    {
        lock (_gate)
        {
            if (_closed || _waiting.Count >= capacity)
            {
                return false;
            }

            _waiting.Enqueue(entry);
            if (_writerSleeps)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>Waits for work and takes what is there, up to a batch; entries that were given up meanwhile are dropped.</summary>
    /// <returns>False when the queue was closed and everything has been taken.</returns>
    public bool Take(List<EvidenceEntry> batch, int batchSize)
    {
        batch.Clear();
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }

                _writerSleeps = true;
                Monitor.Wait(_gate);
                _writerSleeps = false;
            }

            while (batch.Count < batchSize && _waiting.TryDequeue(out var entry))
            {
                if (entry.TryTake())
                {
                    batch.Add(entry);
                }
            }
        }

        return true;
    }

    /// <summary>Gives up what has waited since before a moment: the writer is stuck, or has far too much to do.</summary>
    public IReadOnlyList<EvidenceEntry> GiveUp(DateTimeOffset before)
    {
        var late = new List<EvidenceEntry>();
        lock (_gate)
        {
            while (_waiting.TryPeek(out var entry) && entry.QueuedAt <= before)
            {
                if (_waiting.Dequeue().TryTake())
                {
                    late.Add(entry);
                }
            }
        }

        return late;
    }

    /// <summary>No more is accepted; what waits is still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
