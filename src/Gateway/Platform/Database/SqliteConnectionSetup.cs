using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// What SQLite does not keep in the file: a commit reaches the disk before it is acknowledged (synchronous=FULL), and a
/// lock is waited for inside SQLite instead of in the driver's loop, which sleeps 150 ms at a time. No connection is opened, or taken
/// from the driver's pool, while the files are not those that the gateway began with.
/// </summary>
internal sealed class SqliteConnectionSetup(TimeSpan busyTimeout, DatabaseFiles files) : DbConnectionInterceptor
{
    private readonly ConditionalWeakTable<sqlite3, object> _done = [];

    private readonly string _pragmas = string.Create(
        CultureInfo.InvariantCulture,
        $"PRAGMA busy_timeout={busyTimeout.TotalMilliseconds:F0};PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
    );

    public override InterceptionResult ConnectionOpening(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result
    )
    {
        RefuseForeignFiles(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        RefuseForeignFiles(connection);
        return ValueTask.FromResult(result);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        SetUp(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        SetUp(connection);
        return Task.CompletedTask;
    }

    /// <summary>What is pooled, or was just opened, may lead to a file that is not ours any more: it is never used again.</summary>
    private void RefuseForeignFiles(DbConnection connection)
    {
        if (files.Fault is not null)
        {
            SqliteConnection.ClearPool((SqliteConnection)connection);
            files.ThrowIfReplaced();
        }
    }

    private void SetUp(DbConnection connection)
    {
        // The handle outlives the connection object in the driver's pool, and the settings stay with the handle.
        var handle = ((SqliteConnection)connection).Handle;
        if (handle is null || _done.TryGetValue(handle, out _))
        {
            return;
        }

        var code = raw.sqlite3_exec(handle, _pragmas);
        SqliteException.ThrowExceptionForRC(code, handle);
        RefuseForeignFiles(connection); // it may have been opened while they were changed
        _done.AddOrUpdate(handle, _pragmas);
    }
}
