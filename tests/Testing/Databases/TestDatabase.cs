using Microsoft.Data.Sqlite;
using Npgsql;

namespace Integration.Testing.Databases;

/// <summary>A database of a test's own on one of the engines; gone when disposed.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    private static int s_count;

    public abstract string Provider { get; }

    public abstract string ConnectionString { get; }

    /// <summary>A folder for files of the test.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("gateway-test-").FullName;

    public abstract ValueTask CreateAsync();

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static string NewName() =>
        $"t{Environment.ProcessId}_{Interlocked.Increment(ref s_count)}_{TimeProvider.System.GetTimestamp()}";
}

/// <summary>A SQLite file.</summary>
public sealed class SqliteTestDatabase : TestDatabase
{
    public override string Provider => "sqlite";

    public override string ConnectionString => $"Data Source={Path.Combine(Folder, "gateway.sqlite")}";

    public override ValueTask CreateAsync() => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        return base.DisposeAsync();
    }
}

/// <summary>A database on the server that <c>tests/run.sh</c> starts. Without a server the test fails: it is never skipped.</summary>
public sealed class PostgresTestDatabase : TestDatabase
{
    public const string Variable = "INTEGRATION_TEST_POSTGRES";

    private readonly string _name = NewName();

    public override string Provider => "postgresql";

    public override string ConnectionString =>
        new NpgsqlConnectionStringBuilder(Server) { Database = _name, MaxPoolSize = 20 }.ToString();

    private static string Server =>
        Environment.GetEnvironmentVariable(Variable)
        ?? throw new InvalidOperationException(
            $"{Variable} is not set: run tests/run.sh, or set it to a server's address."
        );

    public override async ValueTask CreateAsync() => await ExecuteAsync($"CREATE DATABASE {_name}");

    public override async ValueTask DisposeAsync()
    {
        await using (var pool = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(pool);
        }

        await ExecuteAsync($"DROP DATABASE {_name} WITH (FORCE)");
        await base.DisposeAsync();
    }

    public static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
