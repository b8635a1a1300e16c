using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Integration.Gateway.Platform.Timers;

/// <summary>
/// Tells the scheduler of timers that were set. PostgreSQL: within the transaction, so both commit or neither. SQLite: after
/// the commit, because a scheduler that joins a SQLite transaction deadlocks with its own file. A timer that is due after
/// <see cref="TimerEngine.Horizon"/> rests as a row until the sweep finds it: most are moved or unset before.
/// </summary>
internal sealed class TimerInterceptor(TimerScheduler scheduler, TimeProvider time)
    : SaveChangesInterceptor,
        IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, List<TimerRow>> _set = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Collect(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Collect(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Saved(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public InterceptionResult TransactionCommitting(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result
    )
    {
        // Only the evidence writer commits synchronously: it has a thread of its own to wait with.
        Join(eventData.Context, transaction).AsTask().GetAwaiter().GetResult();
        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        await Join(eventData.Context, transaction);
        return result;
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Forget(eventData.Context);

    public override Task SaveChangesFailedAsync(
        DbContextErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        Announce(eventData.Context);

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Announce(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) =>
        Forget(eventData.Context);

    public Task TransactionRolledBackAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    private void Collect(DbContext? context)
    {
        var horizon = time.GetUtcNow() + TimerEngine.Horizon;
        var rows = context
            ?.ChangeTracker.Entries<TimerRow>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified)
            .Select(entry => entry.Entity)
            .Where(row => row.DueAt <= horizon)
            .ToList();
        if (rows is { Count: > 0 })
        {
            _set.GetOrCreateValue(context!).AddRange(rows);
        }
    }

    private void Saved(DbContext? context)
    {
        if (context?.Database.CurrentTransaction is null)
        {
            Announce(context);
        }
    }

    /// <summary>
    /// Last of all in a transaction: the scheduler's own lock is one for all nodes, and whoever held it while waiting for a row of another
    /// node would wait for ever.
    /// </summary>
    private async ValueTask Join(DbContext? context, DbTransaction transaction)
    {
        if (
            context is not null
            && scheduler.JoinsTransactions
            && _set.TryGetValue(context, out var rows)
            && await scheduler.ScheduleWithin(transaction, rows)
        )
        {
            Forget(context);
        }
    }

    private void Announce(DbContext? context)
    {
        if (context is not null && _set.TryGetValue(context, out var rows))
        {
            _set.Remove(context);
            scheduler.Announce(rows);
        }
    }

    private void Forget(DbContext? context)
    {
        if (context is not null)
        {
            _set.Remove(context);
        }
    }
}
