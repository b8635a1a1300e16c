using System.Data.Common;
using Integration.Contracts.Problems;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Tests.Evidence;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Tests.Database;

/// <summary>SQLite's files change under a gateway that runs: nothing is acknowledged into files that are not its own any more.</summary>
public sealed class DatabaseFilesTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();
    private readonly AtCommit _atCommit = new();
    private ServiceHost _host = null!;

    private string Main => new SqliteConnectionStringBuilder(_database.ConnectionString).DataSource;

    private string BackUp => Path.Combine(_database.Folder, "back-up.sqlite");

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        _host = await StartAsync();
        await StoredAsync();
        await ExportAsync(BackUp);
        for (var i = 0; i < 200; i++)
        {
            await StoredAsync(new string('x', 10_000)); // enough for the head of the file to change
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Files_that_are_as_they_were_are_used()
    {
        Assert.Null(_host.Get<DatabaseFiles>().Fault);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("-shm")]
    public async Task A_file_that_was_moved_away_refuses_everything_until_it_is_back(string which)
    {
        File.Move(Main + which, BackUp + ".away");
        await EverythingIsRefusedAsync();

        File.Move(BackUp + ".away", Main + which);
        await StoredAsync();
        Assert.Equal(202, await CountAsync());
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("-shm")]
    public async Task A_file_that_was_replaced_refuses_everything(string which)
    {
        File.Copy(Main + which, BackUp + ".copy");
        File.Move(BackUp + ".copy", Main + which, overwrite: true);
        await EverythingIsRefusedAsync();
    }

    [Fact]
    public async Task A_file_that_was_removed_refuses_everything()
    {
        File.Delete(Main);
        await EverythingIsRefusedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_back_up_copied_over_the_open_file_is_noticed_although_the_inode_is_the_same(bool isPlainCopy)
    {
        Checkpoint(); // as SQLite does by itself every thousand pages
        if (isPlainCopy)
        {
            File.Copy(Main, BackUp, overwrite: true);
            await StoredAsync(new string('x', 100_000));
            Checkpoint();
        }

        await StoredAsync();
        var inode = FileIdentity.From(Main);
        await using (var from = File.OpenRead(BackUp))
        await using (var to = new FileStream(Main, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite))
        {
            await from.CopyToAsync(to, TestContext.Current.CancellationToken);
        }

        Assert.Equal(inode, FileIdentity.From(Main));
        await EverythingIsRefusedAsync();
    }

    [Fact]
    public async Task A_restored_back_up_is_worked_with_after_a_restart()
    {
        File.Move(BackUp, Main, overwrite: true);
        await EverythingIsRefusedAsync();

        await _host.DisposeAsync();
        _host = await StartAsync();
        Assert.Equal(1, await CountAsync());
        await StoredAsync();
        Assert.Equal(2, await CountAsync());
        await using var db = _host.Db();
        var rows = await db.Set<EvidenceRow>().AsNoTracking().OrderBy(row => row.Sequence).ToListAsync();
        Assert.Null(EvidenceChain.Verify(rows, ChainHead.Start));
    }

    [Fact]
    public async Task What_was_acknowledged_is_in_the_file_when_its_log_of_writes_is_removed()
    {
        File.Delete(Main + "-wal");
        await EverythingIsRefusedAsync();

        File.Copy(Main, BackUp, overwrite: true); // what a machine that fails now would leave
        await using var left = new SqliteConnection($"Data Source={BackUp};Pooling=False");
        await left.OpenAsync(TestContext.Current.CancellationToken);
        await using var count = left.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM Evidence";
        Assert.Equal(201L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_removed_within_a_transaction_takes_nothing()
    {
        await RefusedAsync(_ => File.Move(Main, BackUp + ".away"));

        File.Move(BackUp + ".away", Main);
        await StoredAsync();
        Assert.Equal(202, await CountAsync());
    }

    [Fact]
    public async Task What_was_committed_into_a_file_that_was_moved_meanwhile_is_not_acknowledged()
    {
        _atCommit.Do = () => File.Move(Main, BackUp + ".away");
        await RefusedAsync(_ => { });
    }

    [Fact]
    public async Task A_row_saved_without_evidence_is_not_acknowledged_into_a_removed_file_either()
    {
        await using var db = _host.Db();
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        File.Move(Main, BackUp + ".away");
        var refused = await Assert.ThrowsAsync<SqliteException>(() =>
            db.Set<WorkLeaseRow>().ExecuteDeleteAsync(TestContext.Current.CancellationToken)
        );
        Assert.True(DatabaseFaults.IsUnavailable(refused));
    }

    private Task<ServiceHost> StartAsync() =>
        ServiceHost.StartAsync(
            _database,
            [new("Gateway:Database:Timeout", "00:00:01")],
            builder => builder.Services.AddSingleton<IInterceptor>(_atCommit)
        );

    private async Task EverythingIsRefusedAsync()
    {
        await RefusedAsync(_ => { });
        await Assert.ThrowsAnyAsync<Exception>(CountAsync);
        var unready = await CheckAsync();
        Assert.Equal(HealthStatus.Unhealthy, unready.Status);
        Assert.Contains("Nothing is acknowledged.", unready.Description, StringComparison.Ordinal);
        Assert.Contains("the gateway", unready.Description, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(Action<GatewayDb> alongside)
    {
        var result = await SealAsync(alongside);
        Assert.False(result.Succeeded(out _, out var refusal));
        Assert.Equal(ProblemCodes.EvidenceUnavailable, refusal.Code);
        Assert.NotNull(refusal.RetryAfter);
    }

    private async Task StoredAsync(string detail = "")
    {
        var result = await SealAsync(_ => { }, detail);
        Assert.True(result.Succeeded(out _, out var refusal), refusal?.Code);
    }

    private Task<Result<SealedEvidence>> SealAsync(Action<GatewayDb> alongside, string detail = "") =>
        _host.Evidence.SealAsync(
            [EvidenceLogTests<SqliteTestDatabase>.Drafts(1)[0] with { Detail = detail }],
            alongside,
            TestContext.Current.CancellationToken
        );

    private async Task<int> CountAsync()
    {
        await using var db = _host.Db();
        return await db.Set<EvidenceRow>().CountAsync(TestContext.Current.CancellationToken);
    }

    private Task<HealthCheckResult> CheckAsync() =>
        new DatabaseCheck(_host.Get<IDbContextFactory<GatewayDb>>(), _host.Get<DatabaseFiles>()).CheckHealthAsync(
            new HealthCheckContext(),
            TestContext.Current.CancellationToken
        );

    private async Task ExportAsync(string to)
    {
        await using var db = _host.Db();
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {to}", TestContext.Current.CancellationToken);
    }

    private void Checkpoint()
    {
        using var db = _host.Db();
        db.Database.ExecuteSql($"PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.Null(_host.Get<DatabaseFiles>().Fault);
    }

    /// <summary>Something happens after the gateway's own look at the files and before the commit.</summary>
    private sealed class AtCommit : DbTransactionInterceptor
    {
        public Action? Do { get; set; }

        public override InterceptionResult TransactionCommitting(
            DbTransaction transaction,
            TransactionEventData eventData,
            InterceptionResult result
        )
        {
            Do?.Invoke();
            Do = null;
            return result;
        }
    }
}
