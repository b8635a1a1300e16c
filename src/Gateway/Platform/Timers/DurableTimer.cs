using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Platform.Timers;

/// <summary>
/// Timers that survive a restart. They are set in the transaction of the state they belong to; the handler registered for the kind
/// runs at least once at or after the due time, on one node.
/// </summary>
internal static class DurableTimer
{
    /// <summary>
    /// Sets the timer of a kind and key, moves it to another time, or unsets it. It holds from the commit on, also over what a handler
    /// that is running at that moment returns.
    /// </summary>
    /// <param name="db">The transaction.</param>
    /// <param name="kind"><see cref="ITimerHandler.Kind"/>.</param>
    /// <param name="key">What it is about; at most 100 characters, never personal data.</param>
    /// <param name="dueAt">When; null: never, and nothing happens when there is none.</param>
    public static void Set(GatewayDb db, string kind, string key, DateTimeOffset? dueAt)
    {
        var row = db.Find<TimerRow>(kind, key);
        if (dueAt is { } moment)
        {
            if (row is null)
            {
                db.Add(RowOf(kind, key, moment));
            }
            else
            {
                row.MoveTo(moment, db.Entry(row));
            }
        }
        else if (row is not null)
        {
            db.Remove(row);
        }
    }

    /// <summary>The row of a timer, to be appended; it may be found up to a second after it is due.</summary>
    public static TimerRow RowOf(string kind, string key, DateTimeOffset dueAt) =>
        new()
        {
            Kind = kind,
            Key = key,
            DueAt = StoredTime.From(dueAt),
        };
}
