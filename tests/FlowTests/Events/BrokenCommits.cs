using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Events;

/// <summary>
/// A database that breaks off the change of an application: the first time at its first statement, the second time at its
/// second, and so on, at last at the commit itself; then it holds.
/// </summary>
internal sealed class BrokenCommits : DbCommandInterceptor, IDbTransactionInterceptor
{
    private readonly Lock _lock = new();
    private bool _isArmed;
    private int _at;
    private int _seen;

    /// <summary>How often something was broken off.</summary>
    public int Broken { get; private set; }

    public void Attach(WebApplicationBuilder builder) => builder.Services.AddSingleton<IInterceptor>(this);

    public void BreakOneByOne()
    {
        lock (_lock)
        {
            (_isArmed, _at, _seen) = (true, 1, 0);
        }
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result
    )
    {
        if (IsChange(command))
        {
            Count();
        }

        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result
    )
    {
        if (IsChange(command))
        {
            Count();
        }

        return result;
    }

    public InterceptionResult TransactionCommitting(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result
    )
    {
        lock (_lock)
        {
            if (_isArmed && _seen > 0)
            {
                _isArmed = false; // the next one holds
                BreakOff();
            }
        }

        return result;
    }

    /// <summary>Statements of the step that opens, takes back or moves on; timers and queues of others are not meant.</summary>
    private static bool IsChange(DbCommand command) =>
        new[] { "\"Applications\"", "\"JointApplications\"", "\"Cases\"", "\"EventStreams\"" }.Any(table =>
            command.CommandText.Contains($"UPDATE {table}", StringComparison.Ordinal)
            || command.CommandText.Contains($"INSERT INTO {table}", StringComparison.Ordinal)
        );

    private void Count()
    {
        lock (_lock)
        {
            if (_isArmed && ++_seen == _at)
            {
                BreakOff();
            }
        }
    }

    private void BreakOff()
    {
        (_at, _seen, Broken) = (_at + 1, 0, Broken + 1);
        throw new IOException("The test breaks this off.");
    }
}
