using System.Data.Common;
using Integration.Contracts.Problems;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Integration.Gateway.Tests.Evidence;

public sealed class SqliteEvidenceFaultTests : EvidenceFaultTests<SqliteTestDatabase>
{
    private readonly PageLimit _limit = new();

    private string DatabaseFile => new SqliteConnectionStringBuilder(Database.ConnectionString).DataSource;

    private protected override IInterceptor[] Interceptors => [_limit];

    protected override Task RemoveAsync()
    {
        File.Move(DatabaseFile, DatabaseFile + ".away");
        return Task.CompletedTask;
    }

    protected override Task BringBackAsync()
    {
        File.Move(DatabaseFile + ".away", DatabaseFile);
        return Task.CompletedTask;
    }

    protected override async Task<IAsyncDisposable> LockAsync()
    {
        var connection = new SqliteConnection($"{Database.ConnectionString};Pooling=False");
        await connection.OpenAsync();
        var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    protected override Task FillTheDiskAsync()
    {
        _limit.Pages = 1; // SQLite takes it as "no page more than there are"
        return Task.CompletedTask;
    }

    protected override Task FreeTheDiskAsync()
    {
        _limit.Pages = 1_000_000;
        return Task.CompletedTask;
    }

    /// <summary>SQLite's own way to have no room left.</summary>
    private sealed class PageLimit : DbConnectionInterceptor
    {
        public int Pages { get; set; } = 1_000_000;

        public override Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA max_page_count={Pages}";
            command.ExecuteNonQuery();
        }
    }
}

public sealed class PostgresEvidenceFaultTests : EvidenceFaultTests<PostgresTestDatabase>
{
    protected override Task RemoveAsync() =>
        ServerAsync(
            "ALTER DATABASE {0} ALLOW_CONNECTIONS false",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{0}'"
        );

    protected override Task BringBackAsync() => ServerAsync("ALTER DATABASE {0} ALLOW_CONNECTIONS true");

    protected override async Task<IAsyncDisposable> LockAsync()
    {
        var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "BEGIN; LOCK TABLE \"Evidence\" IN ACCESS EXCLUSIVE MODE",
            connection
        );
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    protected override Task FillTheDiskAsync() =>
        HereAsync(
            """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no space' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON "Evidence" EXECUTE FUNCTION full_disk();
            """
        );

    protected override Task FreeTheDiskAsync() => HereAsync("DROP TRIGGER full_disk ON \"Evidence\"");

    private async Task HereAsync(string sql)
    {
        await using var db = Host.Db();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    private async Task ServerAsync(params string[] commands)
    {
        var name = new NpgsqlConnectionStringBuilder(Database.ConnectionString).Database!;
        foreach (var command in commands)
        {
            await PostgresTestDatabase.ExecuteAsync(command.Replace("{0}", name, StringComparison.Ordinal));
        }
    }
}

/// <summary>Without evidence there is no answer: what happens when the record cannot be kept.</summary>
public abstract class EvidenceFaultTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private readonly BreakableLog _log = new();

    protected TDatabase Database { get; } = new();

    private protected ServiceHost Host { get; private set; } = null!;

    private protected virtual IInterceptor[] Interceptors => [];

    public async ValueTask InitializeAsync()
    {
        await Database.CreateAsync();
        Host = await ServiceHost.StartAsync(
            Database,
            [
                new("Gateway:Database:Timeout", "00:00:01"),
                new("Gateway:Evidence:QueueLength", "3"),
                new("Gateway:Evidence:PatienceSeconds", "4"),
            ],
            builder =>
            {
                builder.Logging.AddProvider(_log);
                foreach (var interceptor in Interceptors)
                {
                    builder.Services.AddSingleton(interceptor);
                }
            }
        );
        await StoredAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_database_that_is_gone_refuses_and_recovers_by_itself()
    {
        await RemoveAsync();
        await RefusedAsync();
        await BringBackAsync();

        await StoredAsync();
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_writer_whose_log_throws_goes_on()
    {
        _log.IsBroken = true; // nothing guards the loggers of this host: the writer has only itself
        await RemoveAsync();
        try
        {
            Assert.False((await SealAsync(_ => { })).Succeeded(out _, out _));
        }
        catch (AggregateException)
        {
            // Entity Framework's own line threw within the commit: who waited is told so, instead of waiting for ever.
        }

        await BringBackAsync();
        _log.IsBroken = false;

        await StoredAsync();
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_locked_database_refuses_and_recovers_by_itself()
    {
        await using (await LockAsync())
        {
            await RefusedAsync();
        }

        await StoredAsync();
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_full_disk_refuses_and_recovers_by_itself()
    {
        await FillTheDiskAsync();
        // A page may still have room for a small record; a large one needs new pages.
        await RefusedAsync(new string('x', 100_000));
        await FreeTheDiskAsync();

        await StoredAsync();
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once()
    {
        using var release = new ManualResetEventSlim();
        var taken = new TaskCompletionSource();
        var first = SealAsync(_ =>
        {
            taken.TrySetResult();
            release.Wait(TimeSpan.FromSeconds(10));
        });
        await taken.Task;
        var waiting = Enumerable.Range(0, 3).Select(_ => SealAsync(_ => { })).ToList();

        var refused = await SealAsync(_ => { });
        release.Set();

        Assert.False(refused.Succeeded(out _, out var refusal));
        Assert.Equal(ProblemCodes.EvidenceUnavailable, refusal.Code);
        Assert.All(await Task.WhenAll([first, .. waiting]), result => Assert.True(result.Succeeded(out _, out _)));
    }

    [Fact]
    public async Task Who_waits_too_long_is_refused_and_nothing_is_stored_later()
    {
        using var release = new ManualResetEventSlim();
        var taken = new TaskCompletionSource();
        var first = SealAsync(_ =>
        {
            taken.TrySetResult();
            release.Wait(TimeSpan.FromSeconds(15));
        });
        await taken.Task;

        var impatient = await SealAsync(_ => { });
        release.Set();

        Assert.False(impatient.Succeeded(out _, out var refusal));
        Assert.Equal(ProblemCodes.EvidenceUnavailable, refusal.Code);
        Assert.True((await first).Succeeded(out _, out _));
        await StoredAsync();
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task After_a_failed_commit_no_question_leaves_until_a_write_has_succeeded()
    {
        var gate = Host.App.Services.GetRequiredService<EvidenceGate>();
        Assert.Null(await gate.FindRefusalAsync());
        await FillTheDiskAsync();
        await RefusedAsync(new string('x', 100_000));

        var refusal = await gate.FindRefusalAsync();
        Assert.Equal(ProblemCodes.Unavailable, refusal?.Code);
        Assert.NotNull(refusal?.RetryAfter);

        await FreeTheDiskAsync();
        Assert.Null(await gate.FindRefusalAsync());
        Assert.Equal(1, await CountAsync()); // the probe leaves nothing
    }

    protected abstract Task RemoveAsync();

    protected abstract Task BringBackAsync();

    protected abstract Task<IAsyncDisposable> LockAsync();

    protected abstract Task FillTheDiskAsync();

    protected abstract Task FreeTheDiskAsync();

    private async Task StoredAsync()
    {
        var result = await SealAsync(_ => { });
        Assert.True(result.Succeeded(out _, out var refusal), refusal?.Code);
    }

    private async Task RefusedAsync(string detail = "")
    {
        var result = await SealAsync(_ => { }, detail);
        Assert.False(result.Succeeded(out _, out var refusal));
        Assert.Equal(503, refusal.Status);
        Assert.Equal(ProblemCodes.EvidenceUnavailable, refusal.Code);
        Assert.NotNull(refusal.RetryAfter);
    }

    private Task<Result<SealedEvidence>> SealAsync(Action<GatewayDb> alongside, string detail = "") =>
        Host.Evidence.SealAsync(
            [EvidenceLogTests<TDatabase>.Drafts(1)[0] with { Detail = detail }],
            alongside,
            TestContext.Current.CancellationToken
        );

    private async Task<int> CountAsync()
    {
        await using var db = Host.Db();
        return await db.Set<EvidenceRow>().CountAsync();
    }
}

/// <summary>A log that throws from a moment on.</summary>
internal sealed class BreakableLog : ILoggerProvider, ILogger
{
    public bool IsBroken { get; set; }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (IsBroken)
        {
            throw new IOException("No space left on device");
        }
    }

    public void Dispose() { }
}
