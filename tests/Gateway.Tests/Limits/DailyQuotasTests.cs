using Integration.Adapters.Ports;
using Integration.Gateway.Limits;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Limits;

public sealed class SqliteDailyQuotasTests : DailyQuotasTests<SqliteTestDatabase>
{
    [Fact]
    public async Task Without_the_database_nothing_is_handed_out_and_it_is_tried_again_after_a_second()
    {
        var file = new SqliteConnectionStringBuilder(Database.ConnectionString).DataSource;
        SqliteConnection.ClearAllPools();
        File.Move(file, file + ".away");
        var node = Node();

        Assert.Equal(DailyTake.CannotCount, await TakeAsync(node));
        SqliteConnection.ClearAllPools();
        File.Move(file + ".away", file);
        Assert.Equal(DailyTake.CannotCount, await TakeAsync(node));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DailyTake.Taken, await TakeAsync(node));
    }
}

public sealed class PostgresDailyQuotasTests : DailyQuotasTests<PostgresTestDatabase>;

/// <summary>A day's number holds over nodes and restarts, on every engine.</summary>
public abstract class DailyQuotasTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private ServiceHost _host = null!;

    private protected TDatabase Database { get; } = new();

    private protected FakeTimeProvider Clock { get; } =
        new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));

    public async ValueTask InitializeAsync()
    {
        await Database.CreateAsync();
        _host = await ServiceHost.StartAsync(Database);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(450)]
    public async Task One_node_hands_out_exactly_the_number(long perDay)
    {
        var node = Node();
        for (var i = 0; i < perDay; i++)
        {
            Assert.Equal(DailyTake.Taken, await TakeAsync(node, perDay));
        }

        Assert.Equal(DailyTake.UsedUp, await TakeAsync(node, perDay));
        Assert.Equal(0, node.Left("agency:a", perDay));
        Assert.Equal(DailyTake.Taken, await TakeAsync(node, perDay, "agency:b"));
    }

    [Fact]
    public async Task Two_nodes_at_once_and_a_restart_never_hand_out_more()
    {
        const long perDay = 1000;
        var nodes = new[] { Node(), Node() };
        var first = await DrainAsync(nodes, 400, perDay);

        nodes = [Node(), nodes[1]]; // one was killed and comes back without its block
        var second = await DrainAsync(nodes, 800, perDay);

        var taken = first + second;
        Assert.Equal(400, first);
        Assert.InRange(taken, perDay - 20, perDay); // a block is 10 here, and lost once at most per node
        Assert.Equal(DailyTake.UsedUp, await TakeAsync(nodes[0], perDay));
        Assert.InRange(await StoredAsync(), taken, perDay);
    }

    [Fact]
    public async Task The_next_day_in_china_begins_anew_and_old_days_are_forgotten()
    {
        var node = Node();
        Assert.Equal(DailyTake.Taken, await TakeAsync(node, 1));
        Assert.Equal(DailyTake.UsedUp, await TakeAsync(node, 1));

        Clock.Advance(TimeSpan.FromHours(14.9));
        Assert.Equal(DailyTake.UsedUp, await TakeAsync(node, 1));
        Clock.Advance(TimeSpan.FromHours(0.1));
        Assert.Equal(DailyTake.Taken, await TakeAsync(node, 1));
        Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(DailyTake.Taken, await TakeAsync(node, 1));

        await using var db = _host.Db();
        Assert.Equal(1, await db.Set<DailyQuotaRow>().CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_number_that_is_lowered_or_raised_holds_at_once()
    {
        var node = Node();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(DailyTake.Taken, await TakeAsync(node, 1000));
        }

        Assert.Equal(DailyTake.UsedUp, await TakeAsync(node, 5));
        Assert.Equal(DailyTake.UsedUp, await TakeAsync(Node(), 5));
        Assert.Equal(DailyTake.Taken, await TakeAsync(node, 6));
        Assert.Equal(DailyTake.UsedUp, await TakeAsync(node, 6));
    }

    [Fact]
    public async Task A_node_asks_the_database_once_a_block()
    {
        var node = Node();
        for (var i = 0; i < 100; i++)
        {
            await TakeAsync(node, 100_000);
        }

        Assert.Equal(100, await StoredAsync());
        Assert.Equal(99_900, node.Left("agency:a", 100_000));
    }

    private protected DailyQuotas Node() =>
        new(
            _host.Get<IDbContextFactory<Integration.Gateway.Platform.Database.GatewayDb>>(),
            Clock,
            NullLogger<DailyQuotas>.Instance
        );

    private protected static ValueTask<DailyTake> TakeAsync(
        DailyQuotas node,
        long perDay = 100,
        string name = "agency:a"
    ) => node.TakeAsync(name, perDay, TestContext.Current.CancellationToken);

    private static async Task<int> DrainAsync(DailyQuotas[] nodes, int requests, long perDay)
    {
        var taken = 0;
        await Parallel.ForAsync(
            0,
            requests,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = 8,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (i, _) =>
            {
                if (await TakeAsync(nodes[i % nodes.Length], perDay) == DailyTake.Taken)
                {
                    Interlocked.Increment(ref taken);
                }
            }
        );
        return taken;
    }

    private async Task<long> StoredAsync()
    {
        await using var db = _host.Db();
        return await db.Set<DailyQuotaRow>()
            .Where(row => row.Name == "agency:a")
            .Select(row => row.Reserved)
            .SingleAsync(TestContext.Current.CancellationToken);
    }
}
