using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// Before a commit, so that nothing is written in vain, and after it, so that what went into a removed file is not acknowledged.
/// A statement without a transaction is its own commit.
/// </summary>
internal sealed class SqliteFileCheck(DatabaseFiles files) : DbCommandInterceptor, IDbTransactionInterceptor
{
    public InterceptionResult TransactionCommitting(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result
    )
    {
        files.ThrowIfReplaced();
        return result;
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        files.ThrowIfReplaced();
        return ValueTask.FromResult(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        files.ThrowIfReplaced();

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        files.ThrowIfReplaced();
        return Task.CompletedTask;
    }

    public override DbDataReader ReaderExecuted(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result
    )
    {
        AfterStatement(command);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    )
    {
        AfterStatement(command);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        AfterStatement(command);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        AfterStatement(command);
        return ValueTask.FromResult(result);
    }

    private void AfterStatement(DbCommand command)
    {
        if (command.Transaction is null)
        {
            files.ThrowIfReplaced();
        }
    }
}
