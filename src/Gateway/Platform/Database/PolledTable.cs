using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// What a small table says, held in memory. Its rows are read before the listeners open and every two seconds, so that what
/// another node committed holds here soon; while the database does not answer, what was last read holds.
/// </summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <typeparam name="TView">What the rows mean together; never changes.</typeparam>
/// <param name="factory">Opens the database.</param>
/// <param name="time">The pauses go by it.</param>
/// <param name="empty">The view of a table without rows.</param>
internal abstract class PolledTable<TRow, TView>(IDbContextFactory<GatewayDb> factory, TimeProvider time, TView empty)
    : PeriodicService(time, TimeSpan.FromSeconds(2))
    where TRow : class
    where TView : class
{
    private readonly Lock _lock = new();
    private TView _view = empty;
    private long _changes;

    /// <summary>The view in force.</summary>
    protected TView View => Volatile.Read(ref _view);

    /// <summary>Without a first reading the gateway does not start.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>The view of these rows; <paramref name="before"/> itself when they say the same.</summary>
    protected abstract TView ViewOf(TView before, IReadOnlyList<TRow> rows);

    /// <summary>Another view is in force now.</summary>
    protected virtual void OnReplaced(TView before, TView after) { }

    /// <summary>The table could not be read; the class of the exception is the reason.</summary>
    protected abstract void OnNotRead(string reason);

    /// <summary>A change that this node has committed is in force here at once.</summary>
    protected void Change(Func<TView, TView> change)
    {
        lock (_lock)
        {
            _changes++;
            Show(change(_view));
        }
    }

    protected sealed override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ReadAsync(stoppingToken);
        }
        catch (Exception reason) when (IsOfDatabase(reason))
        {
            OnNotRead(reason.GetType().Name);
        }
    }

    private static bool IsOfDatabase(Exception reason) =>
        reason
            is DbException
                or IOException
                or TimeoutException
                or InvalidOperationException { InnerException: DbException };

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<TRow>().AsNoTracking().ToListAsync(cancellationToken);
        lock (_lock)
        {
            // What this node changed while it was reading is newer than what it read.
            if (changes == _changes)
            {
                Show(ViewOf(_view, rows));
            }
        }
    }

    private void Show(TView after)
    {
        var before = _view;
        if (!ReferenceEquals(before, after))
        {
            Volatile.Write(ref _view, after);
            OnReplaced(before, after);
        }
    }
}
