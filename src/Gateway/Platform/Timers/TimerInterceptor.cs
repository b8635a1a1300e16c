using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Integration.Gateway.Platform.Timers;

/// <summary>Wakes the engine as soon as a timer that was set is committed, so that one that is due at once is not late.</summary>
internal sealed class TimerInterceptor(WorkSignal<TimerRow> signal) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    /// <summary>Contexts that saved a timer which is not committed yet.</summary>
    private readonly ConditionalWeakTable<DbContext, object> _set = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Note(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Note(eventData.Context);
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

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        Committed(eventData.Context);

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Committed(eventData.Context);
        return Task.CompletedTask;
    }

    private void Note(DbContext? context)
    {
        if (
            context is not null
            && context
                .ChangeTracker.Entries<TimerRow>()
                .Any(entry => entry.State is EntityState.Added or EntityState.Modified)
        )
        {
            _set.TryAdd(context, this);
        }
    }

    private void Saved(DbContext? context)
    {
        if (context?.Database.CurrentTransaction is null)
        {
            Committed(context);
        }
    }

    /// <summary>What was rolled back stays noted: the engine then looks once in vain.</summary>
    private void Committed(DbContext? context)
    {
        if (context is not null && _set.Remove(context))
        {
            signal.Raise();
        }
    }
}
