using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Platform.Timers;

/// <summary>
/// Timers that survive a restart. They are set and unset in the caller's own transaction; the handler registered for the
/// kind runs at least once at or after the due time, on one node.
/// </summary>
internal static class DurableTimer
{
    /// <summary>Sets the timer of a kind and key, or moves it to another time.</summary>
    public static void Schedule(GatewayDb db, string kind, string key, DateTimeOffset dueAt)
    {
        if (db.Find<TimerRow>(kind, key) is { } row)
        {
            row.DueAt = StoredTime.Of(dueAt);
            row.Failures = 0;
            row.LastFailure = null;
        }
        else
        {
            db.Add(RowOf(kind, key, dueAt));
        }
    }

    /// <summary>The row of a timer, to be appended when it is due more than two minutes from now: the sweep finds it.</summary>
    public static TimerRow RowOf(string kind, string key, DateTimeOffset dueAt) =>
        new()
        {
            Kind = kind,
            Key = key,
            DueAt = StoredTime.Of(dueAt),
        };

    /// <summary>Unsets a timer; nothing happens when there is none.</summary>
    public static void Cancel(GatewayDb db, string kind, string key)
    {
        if (db.Find<TimerRow>(kind, key) is { } row)
        {
            db.Remove(row);
        }
    }
}

/// <summary>What happens when a timer of one kind is due.</summary>
internal interface ITimerHandler
{
    /// <summary>Stable name, stored with the timer; at most 40 characters.</summary>
    string Kind { get; }

    /// <summary>
    /// Does the work; may run twice for one timer, so it has to bear that. The timer ends when this returns, unless the work
    /// moved it. When it throws, it is tried again after 2, 6, 18 and 54 s, then every hour until it succeeds.
    /// </summary>
    Task Handle(string key, CancellationToken cancellationToken);
}
