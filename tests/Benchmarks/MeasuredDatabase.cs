using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Integration.Benchmarks;

/// <summary>The database of one side, reached past the gateway too.</summary>
internal sealed class MeasuredDatabase : IAsyncDisposable
{
    private readonly string? _server;
    private readonly string _name = $"bench_{Environment.ProcessId}_{Stopwatch.GetTimestamp()}";

    private MeasuredDatabase(string provider, string connectionString, string? server)
    {
        (Provider, _server) = (provider, server);
        ConnectionString = server is null
            ? connectionString
            : new NpgsqlConnectionStringBuilder(server) { Database = _name, MaxPoolSize = 50 }.ToString();
    }

    public string Provider { get; }

    public string ConnectionString { get; }

    public static MeasuredDatabase Of(string engine, string folder) =>
        engine == "sqlite"
            ? new MeasuredDatabase("sqlite", $"Data Source={Path.Combine(folder, "gateway.sqlite")}", server: null)
            : new MeasuredDatabase(
                "postgresql",
                string.Empty,
                Environment.GetEnvironmentVariable("INTEGRATION_TEST_POSTGRES")
                    ?? throw new InvalidOperationException("INTEGRATION_TEST_POSTGRES is not set.")
            );

    public async Task CreateAsync()
    {
        if (_server is not null)
        {
            await OnServerAsync($"CREATE DATABASE {_name}");
        }
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync())!, typeof(T), CultureInfo.InvariantCulture);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = _server is null
            ? new SqliteConnection(ConnectionString)
            : new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        if (_server is null)
        {
            // As the gateway has it: every commit reaches the disk.
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;";
            await command.ExecuteNonQueryAsync();
        }

        return connection;
    }

    /// <summary>A time as the engine stores it.</summary>
    public object Stored(DateTimeOffset time) =>
        _server is null ? time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond) : time.ToUniversalTime();

    /// <summary>Committed inserts a second: one row of so many bytes a commit.</summary>
    /// <param name="bytes">Size of a row.</param>
    /// <param name="writers">Connections that insert at the same time.</param>
    /// <param name="duration">How long.</param>
    public async Task<double> RawInsertsAsync(int bytes, int writers, TimeSpan duration)
    {
        var blob = Provider == "sqlite" ? "BLOB" : "BYTEA";
        await ExecuteAsync(
            $"""CREATE TABLE IF NOT EXISTS "RawInserts" ("Id" VARCHAR(64) PRIMARY KEY, "Body" {blob} NOT NULL)"""
        );
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(
            Enumerable.Range(0, writers).Select(_ => Task.Run(() => InsertAsync(bytes, clock, duration)))
        );
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await using (var pool = new NpgsqlConnection(ConnectionString))
            {
                NpgsqlConnection.ClearPool(pool);
            }

            await OnServerAsync($"DROP DATABASE {_name} WITH (FORCE)");
        }
        else
        {
            SqliteConnection.ClearAllPools();
        }
    }

    private async Task<int> InsertAsync(int bytes, Stopwatch clock, TimeSpan duration)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """INSERT INTO "RawInserts" ("Id", "Body") VALUES (@id, @body)""";
        var id = command.CreateParameter();
        var body = command.CreateParameter();
        (id.ParameterName, body.ParameterName) = ("id", "body");
        command.Parameters.Add(id);
        command.Parameters.Add(body);
        body.Value = RandomNumberGenerator.GetBytes(bytes);
        var count = 0;
        for (; clock.Elapsed < duration; count++)
        {
            id.Value = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            await command.ExecuteNonQueryAsync();
        }

        return count;
    }

    private async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
