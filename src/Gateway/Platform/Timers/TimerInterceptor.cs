using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

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
        // Only the evidence writer saves synchronously: it has a thread of its own to wait with.
        Saved(eventData.Context).AsTask().GetAwaiter().GetResult();
        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        await Saved(eventData.Context);
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

    private ValueTask Saved(DbContext? context)
    {
        if (context is null || !_set.TryGetValue(context, out var rows))
        {
            return ValueTask.CompletedTask;
        }

        if (context.Database.CurrentTransaction is not { } transaction)
        {
            Announce(context);
            return ValueTask.CompletedTask;
        }

        return scheduler.JoinsTransactions
            ? Join(context, rows, transaction.GetDbTransaction())
            : ValueTask.CompletedTask;
    }

    private async ValueTask Join(DbContext context, List<TimerRow> rows, DbTransaction transaction)
    {
        if (await scheduler.ScheduleWithin(transaction, rows))
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
