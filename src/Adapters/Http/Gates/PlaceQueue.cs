using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Gates;

/// <summary>
/// The places of one agency and those who wait for one. A freed place goes to the waiting caller that holds the fewest, and of
/// equals to the one whose last turn is longest ago: a queue full of one caller is no longer than one request for another. When no more may wait, a caller that holds and awaits fewer takes the place in the
/// queue of the caller with the most.
/// </summary>
/// <param name="places">How many requests may be under way.</param>
/// <param name="waiting">How many may wait.</param>
/// <param name="forBatches">How many of the places batches may have; they never wait.</param>
internal sealed class PlaceQueue(int places, int waiting, int forBatches)
{
    private readonly Lock _lock = new();
    private readonly PlaceShares _all = PlaceShares.Awaited(places);
    private readonly PlaceShares _batches = PlaceShares.Unawaited(forBatches);

    /// <summary>When each caller had its last place, counted in places; one entry for each client.</summary>
    private readonly Dictionary<string, long> _turns = new(StringComparer.Ordinal);
    private long _turn;

    /// <summary>Longest first.</summary>
    private readonly LinkedList<Waiter> _queue = new();

    public (int InUse, int Waiting) Use
    {
        get
        {
            lock (_lock)
            {
                return (places - _all.Free, _queue.Count);
            }
        }
    }

    /// <summary>A place that no live request waits for, out of the batches' share; null when there is none.</summary>
    public LeasedPlace? TakeSpare(string caller)
    {
        lock (_lock)
        {
            if (_queue.Count > 0 || !_all.HasFor(caller) || !_batches.TryTake(caller))
            {
                return null;
            }

            _all.TryTake(caller);
            return new LeasedPlace(() => GiveBack(caller, isBatch: true));
        }
    }

    /// <summary>A place now; null when the caller would have to wait.</summary>
    public LeasedPlace? TryTake(string caller)
    {
        lock (_lock)
        {
            return TakeNow(caller) ? Leased(caller) : null;
        }
    }

    /// <summary>A place now or when it is this caller's turn; null when no more may wait.</summary>
    public async ValueTask<LeasedPlace?> TakeAsync(string caller, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (TakeNow(caller))
            {
                return Leased(caller);
            }

            if (!RoomToWait(caller))
            {
                return null;
            }

            waiter = new Waiter(caller);
            _queue.AddLast(waiter);
        }

        await using var gone = cancellationToken.Register(() => Leave(waiter, cancellationToken));
        return await waiter.Turn.Task;
    }

    private bool TakeNow(string caller)
    {
        if (!_all.TryTake(caller))
        {
            return false;
        }

        _turns[caller] = ++_turn;
        return true;
    }

    private LeasedPlace Leased(string caller) => new(() => GiveBack(caller, isBatch: false));

    private void GiveBack(string caller, bool isBatch)
    {
        lock (_lock)
        {
            _all.GiveBack(caller);
            if (isBatch)
            {
                _batches.GiveBack(caller);
            }

            while (Next() is { } next)
            {
                _queue.Remove(next);
                TakeNow(next.Caller);
                next.Turn.SetResult(Leased(next.Caller));
            }
        }
    }

    /// <summary>Whose turn it is; null when no waiting caller may have a place.</summary>
    private Waiter? Next() =>
        _all.Free == 0 || _queue.Count == 0 ? null
        : _queue.MinBy(waiter => (_all.HeldBy(waiter.Caller), _turns.GetValueOrDefault(waiter.Caller))) is { } fewest
        && _all.HasFor(fewest.Caller)
            ? fewest
        : null;

    /// <summary>Whether a caller may wait; another one's latest request may have to make room for it.</summary>
    private bool RoomToWait(string caller)
    {
        if (_queue.Count < waiting)
        {
            return true;
        }

        var claims = _queue.CountBy(waiter => waiter.Caller).ToDictionary(StringComparer.Ordinal);
        var most = claims.Keys.MaxBy(Claimed);
        if (most is null || Claimed(most) <= Claimed(caller) + 1)
        {
            return false;
        }

        var last = _queue.Last(waiter => waiter.Caller == most);
        _queue.Remove(last);
        last.Turn.SetResult(null);
        return true;

        int Claimed(string one) => _all.HeldBy(one) + claims.GetValueOrDefault(one);
    }

    private void Leave(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_queue.Remove(waiter))
            {
                waiter.Turn.SetCanceled(cancellationToken);
            }
        }
    }

    private sealed class Waiter(string caller)
    {
        public string Caller { get; } = caller;

        public TaskCompletionSource<LeasedPlace?> Turn { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
