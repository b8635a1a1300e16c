using Integration.Adapters.Ports;
using Integration.Contracts.Problems;
using Integration.Gateway.Audit;
using Integration.Gateway.Callers;
using Integration.Gateway.Operations;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Databases;
using Integration.Testing.Drivers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integration.Gateway.Tests.Operations;

public sealed class SqliteMaintenanceCacheTests : MaintenanceCacheTests<SqliteTestDatabase>
{
    [Fact]
    public async Task Without_the_database_nothing_is_changed_and_what_was_last_read_holds()
    {
        var node = await NodeAsync();
        await Change(node).BeginAsync(Ops, "gas", new MaintenanceOrder("moved", null), Cancelled);
        var file = new SqliteConnectionStringBuilder(Database.ConnectionString).DataSource;
        SqliteConnection.ClearAllPools();
        File.Move(file, file + ".away");

        var ended = await Change(node).EndAsync(Ops, "gas", Cancelled);
        var begun = await Change(node).BeginAsync(Ops, "water", new MaintenanceOrder("moved", null), Cancelled);
        await Clock.PassAsync(TimeSpan.FromSeconds(5)); // a failed reading, should it change something

        Assert.False(ended.Succeeded(out _, out var notEnded));
        Assert.False(begun.Succeeded(out _, out var notBegun));
        Assert.Equal((ProblemCodes.Unavailable, ProblemCodes.Unavailable), (notEnded.Code, notBegun.Code));
        Assert.NotNull(node.Find("gas"));
        Assert.Null(node.Find("water"));
        SqliteConnection.ClearAllPools();
        File.Move(file + ".away", file);
    }
}

public sealed class PostgresMaintenanceCacheTests : MaintenanceCacheTests<PostgresTestDatabase>;

/// <summary>What operators say holds on every node, on every engine.</summary>
public abstract class MaintenanceCacheTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private readonly List<MaintenanceCache> _nodes = [];
    private ServiceHost _host = null!;

    private protected TDatabase Database { get; } = new();

    private protected LookingClock Clock { get; } =
        new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)), TimeSpan.FromSeconds(2));

    private protected static Caller Ops { get; } = new("ops", CallerKind.Ops);

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Database.CreateAsync();
        _host = await ServiceHost.StartAsync(Database, settings: null, builder => builder.Services.AddAudit());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.StopAsync(CancellationToken.None);
            node.Dispose();
        }

        await _host.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_one_node_is_told_holds_there_at_once_and_on_the_other_within_five_seconds()
    {
        var (one, other) = (await NodeAsync(), await NodeAsync());
        var until = Clock.GetUtcNow() + TimeSpan.FromHours(1);

        var begun = await Change(one).BeginAsync(Ops, "gas", new MaintenanceOrder("moved", until), Cancelled);
        Assert.True(begun.Succeeded(out _, out _));
        Assert.Equal(new AgencyMaintenance("gas", Clock.GetUtcNow(), until), one.Find("gas"));
        Assert.Null(other.Find("gas"));
        await Within5SecondsAsync(() => other.Find("gas") is not null);

        Assert.True((await Change(other).EndAsync(Ops, "gas", Cancelled)).Succeeded(out _, out _));
        Assert.Null(other.Find("gas"));
        await Within5SecondsAsync(() => one.Find("gas") is null);
    }

    [Fact]
    public async Task A_node_that_starts_knows_it_from_the_beginning()
    {
        await Change(await NodeAsync()).BeginAsync(Ops, "gas", new MaintenanceOrder("moved", null), Cancelled);

        Assert.NotNull((await NodeAsync()).Find("gas"));
    }

    [Fact]
    public async Task Said_again_it_has_the_new_reason_and_began_when_it_began()
    {
        var node = await NodeAsync();
        await Change(node).BeginAsync(Ops, "gas", new MaintenanceOrder("moved", null), Cancelled);
        var began = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMinutes(1));

        await Change(node).BeginAsync(Ops, "gas", new MaintenanceOrder("takes longer", null), Cancelled);

        Assert.Equal(("takes longer", began), (node.Current["gas"].Reason, node.Current["gas"].Since));
        await using var db = _host.Db();
        Assert.Equal(2, await db.Set<AuditRow>().CountAsync(Cancelled));
    }

    private protected async Task<MaintenanceCache> NodeAsync()
    {
        var factory = _host.Get<IDbContextFactory<GatewayDb>>();
        var node = new MaintenanceCache(factory, Clock, NullLogger<MaintenanceCache>.Instance);
        _nodes.Add(node);
        var looks = Clock.Looks;
        await node.StartAsync(Cancelled);
        await Clock.LookedAsync(looks + 1);
        return node;
    }

    private protected ChangeMaintenance Change(MaintenanceCache node) => new(_host.Get<AuditTrail>(), node, Clock);

    /// <summary>By the clock of the nodes; the reading itself takes real time.</summary>
    private async Task Within5SecondsAsync(Func<bool> holds)
    {
        for (var second = 0; second < 5 && !holds(); second++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            for (var i = 0; i < 50 && !holds(); i++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancelled);
            }
        }

        Assert.True(holds());
    }
}
