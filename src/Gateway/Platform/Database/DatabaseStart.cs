using Integration.Gateway.Platform.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Database;

/// <summary>Brings the schema up to date before any other hosted service starts; a failure stops the start.</summary>
internal sealed partial class DatabaseStart(
    IDbContextFactory<GatewayDb> factory,
    IOptions<DatabaseOptions> options,
    DatabaseFiles files,
    TimeProvider time,
    ILogger<DatabaseStart> logger
) : IHostedLifecycleService
{
    private const long MigrationLock = 0x696E_7465_6772_6174; // "integrat", any number that no other code locks
    private static readonly TimeSpan s_longestMigration = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Provider == DatabaseProvider.Sqlite)
        {
            await MigrateSqliteAsync(cancellationToken);
            files.Open();
        }
        else
        {
            await MigratePostgresAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>EF's own lock on SQLite is a row, which a killed process leaves behind for ever; a file lock ends with it.</summary>
    private async Task MigrateSqliteAsync(CancellationToken cancellationToken)
    {
        var text = new SqliteConnectionStringBuilder(options.Value.ResolveConnectionString()) { Pooling = false };
        var file = Path.GetFullPath(text.DataSource);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var mutex = await LockFileAsync($"{file}.migrating", cancellationToken);
        await using (var connection = new SqliteConnection(text.ToString()))
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = """PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS "__EFMigrationsLock";""";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await MigrateAsync(db, cancellationToken);
    }

    /// <summary>Nodes that start together wait for each other; the lock ends with the connection.</summary>
    private async Task MigratePostgresAsync(CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(s_longestMigration);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationLock})", cancellationToken);
        try
        {
            await MigrateAsync(db, cancellationToken);
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }
    }

    private async Task<FileStream> LockFileAsync(string path, CancellationToken cancellationToken)
    {
        var giveUp = time.GetUtcNow() + s_longestMigration;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && time.GetUtcNow() < giveUp)
            {
                await Task.Delay(s_pause, time, cancellationToken);
            }
        }
    }

    private async Task MigrateAsync(GatewayDb db, CancellationToken cancellationToken)
    {
        var known = Schema.KnownTo(db.GetType());
        var applied = await Schema.AppliedToAsync(db, cancellationToken);
        if (applied is not null && !known.Contains(applied, StringComparer.Ordinal))
        {
            throw new StartRefusedException([
                $"The database has the schema {applied}, which this build does not know; it knows up to {known[^1]}. Nothing was changed. "
                    + "Start the build that the database was last used with, or name an empty database.",
            ]);
        }

        if (string.Equals(applied, known[^1], StringComparison.Ordinal))
        {
            return;
        }

        Log.Migrating(logger, applied ?? "nothing", known[^1]);
        if (applied is null)
        {
            await Schema.CreateAsync(db, cancellationToken);
            return;
        }

        db.Database.SetCommandTimeout(s_longestMigration);
        await db.Database.MigrateAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1010, LogLevel.Information, "The schema is brought from {Applied} to {Newest}.")]
        public static partial void Migrating(ILogger logger, string applied, string newest);
    }
}
