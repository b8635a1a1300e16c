using System.Collections.Concurrent;
using System.Diagnostics;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Tests.Database;
using Integration.Gateway.Tests.Evidence;
using Integration.Testing.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Integration.Gateway.Tests.Timers;

public sealed class SqliteDurableTimerTests : DurableTimerTests<SqliteTestDatabase>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_scheduler_whose_file_is_taken_away_begins_anew_and_no_timer_is_lost(bool isReplaced)
    {
        await Set("before", TimeSpan.FromSeconds(4));
        foreach (var file in Directory.GetFiles(Database.Folder, "*.timers.*"))
        {
            File.Move(file, $"{file}.away");
        }

        if (isReplaced)
        {
            await File.WriteAllBytesAsync(
                Path.Combine(Database.Folder, "gateway.timers.sqlite"),
                [],
                TestContext.Current.CancellationToken
            );
        }

        await Fired("before");
        await Until(() => File.Exists(Path.Combine(Database.Folder, "gateway.timers.sqlite")));
        await Until(() => Host.Get<TimerScheduler>().IsReady);
        await Set("after", TimeSpan.FromSeconds(1));
        await Fired("after");
        await Gone("after");
    }

    protected override async Task LoseTheSchedulersState()
    {
        await Host.DisposeAsync();
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Database.Folder, "*.timers.*"))
        {
            File.Delete(file);
        }
    }
}

public sealed class PostgresDurableTimerTests : DurableTimerTests<PostgresTestDatabase>
{
    [Fact]
    public async Task Of_two_nodes_one_runs_the_handler()
    {
        await using var other = await Start();
        await Set("shared", TimeSpan.FromSeconds(1));

        await Fired("shared");
        await Gone("shared");
        Assert.Single(Handler.Fired, "shared");
    }

    [Fact]
    public async Task The_job_is_made_in_the_transaction_of_the_timer()
    {
        await SetWithin("undone", transaction => transaction.RollbackAsync());
        await SetWithin("kept", transaction => transaction.CommitAsync());
        Assert.Equal(["test/kept"], await Jobs());
    }

    protected override async Task LoseTheSchedulersState()
    {
        await Host.DisposeAsync(); // a scheduler that runs holds locks on these tables in an order of its own
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync();
        await using var truncate = new NpgsqlCommand("TRUNCATE qrtz_triggers, qrtz_job_details CASCADE", connection);
        await truncate.ExecuteNonQueryAsync();
    }

    private async Task SetWithin(string key, Func<IDbContextTransaction, Task> end)
    {
        await using var db = Host.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        DurableTimer.Schedule(db, Handler.Kind, key, TimeProvider.System.GetUtcNow().AddMinutes(1));
        await db.SaveChangesAsync();
        await end(transaction);
    }

    private async Task<List<string>> Jobs()
    {
        await using var db = Host.Db();
        return await db
            .Database.SqlQueryRaw<string>("SELECT job_name AS \"Value\" FROM qrtz_job_details")
            .ToListAsync();
    }
}

/// <summary>What timers promise, on every engine.</summary>
public abstract class DurableTimerTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    protected TDatabase Database { get; } = new();

    private protected RecordingHandler Handler { get; } = new();

    private protected PlatformHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Database.Create();
        Host = await Start();
        await Until(() => Host.Get<TimerScheduler>().IsReady);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_timer_fires_when_it_is_due_and_ends()
    {
        var watch = Stopwatch.StartNew();
        await Set("a", TimeSpan.FromSeconds(2));

        await Fired("a");
        Assert.InRange(watch.Elapsed.TotalSeconds, 1.5, 10);
        await Gone("a");
        Assert.Single(Handler.Fired);
    }

    [Fact]
    public async Task A_timer_set_with_evidence_fires()
    {
        var result = await Host.Evidence.Seal(
            EvidenceLogTests<TDatabase>.Drafts(1),
            db => DurableTimer.Schedule(db, Handler.Kind, "sealed", TimeProvider.System.GetUtcNow()),
            TestContext.Current.CancellationToken
        );

        Assert.True(result.Succeeded(out _, out _));
        await Fired("sealed");
    }

    [Fact]
    public async Task A_timer_that_was_cancelled_does_not_fire()
    {
        await Set("cancelled", TimeSpan.FromSeconds(1));
        await using (var db = Host.Db())
        {
            DurableTimer.Cancel(db, Handler.Kind, "cancelled");
            await db.SaveChangesAsync();
        }

        await Set("later", TimeSpan.FromSeconds(2));
        await Fired("later");
        Assert.DoesNotContain("cancelled", Handler.Fired);
    }

    [Fact]
    public async Task A_timer_that_was_moved_fires_at_the_new_time_only()
    {
        await Set("moved", TimeSpan.FromSeconds(1));
        await Set("moved", TimeSpan.FromSeconds(4));
        var watch = Stopwatch.StartNew();

        await Fired("moved");
        Assert.InRange(watch.Elapsed.TotalSeconds, 2.5, 10);
        Assert.Single(Handler.Fired);
    }

    [Fact]
    public async Task A_handler_that_moves_its_own_timer_runs_again()
    {
        Handler.Then = async key =>
        {
            if (Handler.Fired.Count == 1)
            {
                await Set(key, TimeSpan.FromSeconds(1));
            }
        };
        await Set("again", TimeSpan.Zero);

        await Until(() => Handler.Fired.Count == 2);
        await Gone("again");
    }

    [Fact]
    public async Task A_handler_that_fails_is_tried_again()
    {
        Handler.Then = _ => Handler.Fired.Count == 1 ? throw new InvalidTimeZoneException() : Task.CompletedTask;
        await Set("flaky", TimeSpan.Zero);

        await Until(() => Handler.Fired.Count == 2);
        await Gone("flaky");
    }

    [Fact]
    public async Task A_timer_survives_a_restart()
    {
        await Set("survivor", TimeSpan.FromSeconds(2));
        await Host.DisposeAsync();
        Assert.Empty(Handler.Fired);

        Host = await Start();

        await Fired("survivor");
        await Gone("survivor");
    }

    [Fact]
    public async Task A_timer_whose_job_was_lost_is_found_at_the_start()
    {
        await Set("lost", TimeSpan.FromSeconds(3));
        await LoseTheSchedulersState();

        Host = await Start();

        await Fired("lost");
    }

    protected abstract Task LoseTheSchedulersState();

    private protected Task<PlatformHost> Start() =>
        PlatformHost.Start(Database, with: builder => builder.Services.AddSingleton<ITimerHandler>(Handler));

    private protected async Task Set(string key, TimeSpan after)
    {
        await using var db = Host.Db();
        DurableTimer.Schedule(db, Handler.Kind, key, TimeProvider.System.GetUtcNow() + after);
        await db.SaveChangesAsync();
    }

    private protected Task Fired(string key) => Until(() => Handler.Fired.Contains(key));

    private protected async Task Gone(string key)
    {
        await using var db = Host.Db();
        await Until(() => !db.Set<TimerRow>().Any(row => row.Key == key));
    }

    private protected static async Task Until(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private protected sealed class RecordingHandler : ITimerHandler
    {
        public string Kind => "test";

        public ConcurrentQueue<string> Fired { get; } = new();

        public Func<string, Task> Then { get; set; } = _ => Task.CompletedTask;

        public Task Handle(string key, CancellationToken cancellationToken)
        {
            Fired.Enqueue(key);
            return Then(key);
        }
    }
}
