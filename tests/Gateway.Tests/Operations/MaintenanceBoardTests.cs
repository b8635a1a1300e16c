using Integration.Adapters.Ports;
using Integration.Contracts.Problems;
using Integration.Gateway.Audit;
using Integration.Gateway.Callers;
using Integration.Gateway.Operations;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Tests.Database;
using Integration.Testing.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Operations;

public sealed class SqliteMaintenanceBoardTests : MaintenanceBoardTests<SqliteTestDatabase>
{
    [Fact]
    public async Task Without_the_database_nothing_is_changed_and_what_was_last_read_holds()
    {
        var node = await Node();
        await Change(node).Begin(Ops, "gas", new MaintenanceOrder("moved", null), Cancelled);
        var file = new SqliteConnectionStringBuilder(Database.ConnectionString).DataSource;
        SqliteConnection.ClearAllPools();
        File.Move(file, file + ".away");

        var ended = await Change(node).End(Ops, "gas", Cancelled);
        var begun = await Change(node).Begin(Ops, "water", new MaintenanceOrder("moved", null), Cancelled);
        Clock.Advance(TimeSpan.FromSeconds(5));
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System); // a failed reading, should it change something

        Assert.False(ended.Succeeded(out _, out var notEnded));
        Assert.False(begun.Succeeded(out _, out var notBegun));
        Assert.Equal((ProblemCodes.Unavailable, ProblemCodes.Unavailable), (notEnded.Code, notBegun.Code));
        Assert.NotNull(node.Of("gas"));
        Assert.Null(node.Of("water"));
        SqliteConnection.ClearAllPools();
        File.Move(file + ".away", file);
    }
}

public sealed class PostgresMaintenanceBoardTests : MaintenanceBoardTests<PostgresTestDatabase>;

/// <summary>What operators say holds on every node, on every engine.</summary>
public abstract class MaintenanceBoardTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private readonly List<MaintenanceBoard> _nodes = [];
    private PlatformHost _host = null!;

    private protected TDatabase Database { get; } = new();

    private protected FakeTimeProvider Clock { get; } =
        new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));

    private protected static Caller Ops { get; } = new("ops", CallerKind.Ops);

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Database.Create();
        _host = await PlatformHost.Start(Database, settings: null, builder => builder.Services.AddAudit());
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
        var (one, other) = (await Node(), await Node());
        var until = Clock.GetUtcNow() + TimeSpan.FromHours(1);

        var begun = await Change(one).Begin(Ops, "gas", new MaintenanceOrder("moved", until), Cancelled);
        Assert.True(begun.Succeeded(out _, out _));
        Assert.Equal(new AgencyMaintenance("gas", Clock.GetUtcNow(), until), one.Of("gas"));
        Assert.Null(other.Of("gas"));
        await Within5Seconds(() => other.Of("gas") is not null);

        Assert.True((await Change(other).End(Ops, "gas", Cancelled)).Succeeded(out _, out _));
        Assert.Null(other.Of("gas"));
        await Within5Seconds(() => one.Of("gas") is null);
    }

    [Fact]
    public async Task A_node_that_starts_knows_it_from_the_beginning()
    {
        await Change(await Node()).Begin(Ops, "gas", new MaintenanceOrder("moved", null), Cancelled);

        Assert.NotNull((await Node()).Of("gas"));
    }

    [Fact]
    public async Task Said_again_it_has_the_new_reason_and_began_when_it_began()
    {
        var node = await Node();
        await Change(node).Begin(Ops, "gas", new MaintenanceOrder("moved", null), Cancelled);
        var began = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMinutes(1));

        await Change(node).Begin(Ops, "gas", new MaintenanceOrder("takes longer", null), Cancelled);

        Assert.Equal(("takes longer", began), (node.Current["gas"].Reason, node.Current["gas"].Since));
        await using var db = _host.Db();
        Assert.Equal(2, await db.Set<AuditRow>().CountAsync(Cancelled));
    }

    private protected async Task<MaintenanceBoard> Node()
    {
        var factory = _host.Get<IDbContextFactory<GatewayDb>>();
        var node = new MaintenanceBoard(factory, Clock, NullLogger<MaintenanceBoard>.Instance);
        _nodes.Add(node);
        await node.StartAsync(Cancelled);
        return node;
    }

    private protected ChangeMaintenance Change(MaintenanceBoard node) => new(_host.Get<AuditTrail>(), node, Clock);

    /// <summary>By the clock of the nodes; the reading itself takes real time.</summary>
    private async Task Within5Seconds(Func<bool> holds)
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
