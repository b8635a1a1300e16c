namespace Integration.Adapters.Http;

/// <summary>
/// Until when one agency wants to be left alone, as it last said. The breaker stays open for the longer of that and its own time; nothing
/// shorter counts, and without an open breaker nothing is held back but the retry of the call that was turned away.
/// </summary>
internal sealed class AskedPause(TimeProvider time)
{
    private long _until;

    /// <summary>Notes what an answer said; of several the latest moment holds, until it is over.</summary>
    public void Note(DateTimeOffset? until)
    {
        if (until is not { UtcTicks: var asked })
        {
            return;
        }

        var known = Volatile.Read(ref _until);
        while (asked > known && Interlocked.CompareExchange(ref _until, asked, known) is var found && found != known)
        {
            known = found;
        }
    }

    /// <summary>The longer of a time and what is left of the pause.</summary>
    public TimeSpan AtLeast(TimeSpan least)
    {
        var left = TimeSpan.FromTicks(Volatile.Read(ref _until) - time.GetUtcNow().UtcTicks);
        return left > least ? left : least;
    }
}
