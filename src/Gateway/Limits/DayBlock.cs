using Integration.Adapters.Ports;

namespace Integration.Gateway.Limits;

/// <summary>
/// The numbers of one day that this node has reserved and not handed out yet. Number <c>k</c> of a day is handed out once,
/// by one node; so a limit that was lowered meanwhile holds at once.
/// </summary>
internal sealed class DayBlock
{
    private readonly Lock _lock = new();
    private DateOnly _day;
    private long _next;
    private long _end;
    private long _usedUpFor;

    /// <summary>Held by the one that reserves; the others of this name wait for it.</summary>
    public SemaphoreSlim Reserving { get; } = new(1);

    /// <summary>Until then the database is not tried again.</summary>
    public DateTimeOffset RestsUntil { get; set; }

    /// <summary>Taken or used up, when that can be said without the database; otherwise null.</summary>
    public DailyTake? Take(DateOnly today, long perDay)
    {
        lock (_lock)
        {
            if (_day != today)
            {
                return null;
            }

            if (_next < Math.Min(_end, perDay))
            {
                _next++;
                return DailyTake.Taken;
            }

            return _next >= perDay || _usedUpFor >= perDay ? DailyTake.UsedUp : null;
        }
    }

    /// <summary>Whether anything was reserved today.</summary>
    public bool IsOf(DateOnly today)
    {
        lock (_lock)
        {
            return _day == today;
        }
    }

    /// <summary>How much of the day no node had reserved when this node last looked; null: it has not looked today.</summary>
    public long? Left(DateOnly today, long perDay)
    {
        lock (_lock)
        {
            return _day == today ? Math.Max(0, perDay - Math.Max(_end, _usedUpFor)) : null;
        }
    }

    /// <summary>The numbers after <paramref name="next"/> up to <paramref name="end"/> are this node's.</summary>
    public void Reserved(DateOnly today, long next, long end)
    {
        lock (_lock)
        {
            if (_day != today)
            {
                _usedUpFor = 0;
            }

            (_day, _next, _end) = (today, next, end);
        }
    }

    /// <summary>All nodes together have reserved the whole number.</summary>
    public void UsedUp(DateOnly today, long perDay)
    {
        lock (_lock)
        {
            if (_day != today)
            {
                (_day, _next, _end) = (today, 0, 0);
            }

            _usedUpFor = perDay;
        }
    }
}
