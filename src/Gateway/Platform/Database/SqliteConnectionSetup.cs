using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// What SQLite does not keep in the file: a commit reaches the disk before it is acknowledged (synchronous=FULL), and a
/// lock is waited for inside SQLite instead of in the driver's loop, which sleeps 150 ms at a time.
/// </summary>
internal sealed class SqliteConnectionSetup(TimeSpan busyTimeout) : DbConnectionInterceptor
{
    private readonly ConditionalWeakTable<sqlite3, object> _done = [];

    private readonly string _pragmas = string.Create(
        CultureInfo.InvariantCulture,
        $"PRAGMA busy_timeout={busyTimeout.TotalMilliseconds:F0};PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
    );

    /// <summary>A pooled handle goes on writing into a file that was removed: what is written there is lost.</summary>
    public override InterceptionResult ConnectionOpening(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result
    )
    {
        RefuseMissingFile(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        RefuseMissingFile(connection);
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

    private static void RefuseMissingFile(DbConnection connection)
    {
        if (!File.Exists(connection.DataSource))
        {
            throw new SqliteException("The database file is gone.", raw.SQLITE_CANTOPEN);
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
        _done.AddOrUpdate(handle, _pragmas);
    }
}
