namespace Integration.Gateway.Events.Inbox;

/// <summary>Of which conflicts this node has notified lately, so that a sender in a loop leads to one notification. Forgotten at a restart.</summary>
internal sealed class NotifiedConflicts(TimeProvider time)
{
    /// <summary>How long there is no second notification of the same event under the same id.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    /// <summary>More different ones within the hour are notified again: better twice than without end in memory.</summary>
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string ReceiptId, string Digest), DateTimeOffset> _notified = [];

    /// <summary>Whether a notification of a conflict is due; if so it counts as made from now on.</summary>
    public bool TryClaim(EventConflict conflict)
    {
        var (key, now) = (KeyOf(conflict), time.GetUtcNow());
        lock (_lock)
        {
            if (_notified.TryGetValue(key, out var at) && now - at < Silence)
            {
                return false;
            }

            MakeRoom(now);
            _notified[key] = now;
            return true;
        }
    }

    /// <summary>The notification could not be committed after all.</summary>
    public void Release(EventConflict conflict)
    {
        lock (_lock)
        {
            _notified.Remove(KeyOf(conflict));
        }
    }

    private static (string ReceiptId, string Digest) KeyOf(EventConflict conflict) =>
        (conflict.First.ReceiptId, Convert.ToHexStringLower(conflict.Digest));

    private void MakeRoom(DateTimeOffset now)
    {
        if (_notified.Count < Most)
        {
            return;
        }

        foreach (var (key, at) in _notified)
        {
            if (now - at >= Silence)
            {
                _notified.Remove(key);
            }
        }

        if (_notified.Count >= Most)
        {
            _notified.Clear();
        }
    }
}
