namespace Integration.Gateway.Events.Intake;

/// <summary>Which conflicts this node told lately, so that a sender in a loop is told of once. Forgotten at a restart.</summary>
internal sealed class ToldConflicts(TimeProvider time)
{
    /// <summary>How long the same other event under the same id is not told again.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    /// <summary>More different ones within the hour are told again: better twice than without end in memory.</summary>
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string ReceiptId, string Digest), DateTimeOffset> _told = [];

    /// <summary>Whether a conflict is to be told; if so it counts as told from now on.</summary>
    public bool TryClaim(EventConflict conflict)
    {
        var (key, now) = (KeyOf(conflict), time.GetUtcNow());
        lock (_lock)
        {
            if (_told.TryGetValue(key, out var at) && now - at < Silence)
            {
                return false;
            }

            MakeRoom(now);
            _told[key] = now;
            return true;
        }
    }

    /// <summary>It could not be told after all.</summary>
    public void Release(EventConflict conflict)
    {
        lock (_lock)
        {
            _told.Remove(KeyOf(conflict));
        }
    }

    private static (string ReceiptId, string Digest) KeyOf(EventConflict conflict) =>
        (conflict.First.ReceiptId, Convert.ToHexStringLower(conflict.Digest));

    private void MakeRoom(DateTimeOffset now)
    {
        if (_told.Count < Most)
        {
            return;
        }

        foreach (var (key, at) in _told)
        {
            if (now - at >= Silence)
            {
                _told.Remove(key);
            }
        }

        if (_told.Count >= Most)
        {
            _told.Clear();
        }
    }
}
