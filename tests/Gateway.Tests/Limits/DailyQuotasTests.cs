using Integration.Adapters.Ports;
using Integration.Gateway.Limits;
using Integration.Gateway.Tests.Database;
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

        Assert.Equal(DailyTake.CannotCount, await Take(node));
        SqliteConnection.ClearAllPools();
        File.Move(file + ".away", file);
        Assert.Equal(DailyTake.CannotCount, await Take(node));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DailyTake.Taken, await Take(node));
    }
}

public sealed class PostgresDailyQuotasTests : DailyQuotasTests<PostgresTestDatabase>;

/// <summary>A day's number holds over nodes, restarts and whatever else, on every engine.</summary>
public abstract class DailyQuotasTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private PlatformHost _host = null!;

    private protected TDatabase Database { get; } = new();

    private protected FakeTimeProvider Clock { get; } =
        new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));

    public async ValueTask InitializeAsync()
    {
        await Database.Create();
        _host = await PlatformHost.Start(Database);
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
            Assert.Equal(DailyTake.Taken, await Take(node, perDay));
        }

        Assert.Equal(DailyTake.UsedUp, await Take(node, perDay));
        Assert.Equal(0, node.Left("agency:a", perDay));
        Assert.Equal(DailyTake.Taken, await Take(node, perDay, "agency:b"));
    }

    [Fact]
    public async Task Two_nodes_at_once_and_a_restart_never_hand_out_more()
    {
        const long perDay = 1000;
        var nodes = new[] { Node(), Node() };
        var first = await Drain(nodes, 400, perDay);

        nodes = [Node(), nodes[1]]; // one was killed and comes back without its block
        var second = await Drain(nodes, 800, perDay);

        var taken = first + second;
        Assert.Equal(400, first);
        Assert.InRange(taken, perDay - 20, perDay); // a block is 10 here, and lost once at most per node
        Assert.Equal(DailyTake.UsedUp, await Take(nodes[0], perDay));
        Assert.InRange(await Stored(), taken, perDay);
    }

    [Fact]
    public async Task The_next_day_in_china_begins_anew_and_old_days_are_forgotten()
    {
        var node = Node();
        Assert.Equal(DailyTake.Taken, await Take(node, 1));
        Assert.Equal(DailyTake.UsedUp, await Take(node, 1));

        Clock.Advance(TimeSpan.FromHours(14.9));
        Assert.Equal(DailyTake.UsedUp, await Take(node, 1));
        Clock.Advance(TimeSpan.FromHours(0.1));
        Assert.Equal(DailyTake.Taken, await Take(node, 1));
        Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(DailyTake.Taken, await Take(node, 1));

        await using var db = _host.Db();
        Assert.Equal(1, await db.Set<DailyQuotaRow>().CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_number_that_is_lowered_or_raised_holds_at_once()
    {
        var node = Node();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(DailyTake.Taken, await Take(node, 1000));
        }

        Assert.Equal(DailyTake.UsedUp, await Take(node, 5));
        Assert.Equal(DailyTake.UsedUp, await Take(Node(), 5));
        Assert.Equal(DailyTake.Taken, await Take(node, 6));
        Assert.Equal(DailyTake.UsedUp, await Take(node, 6));
    }

    [Fact]
    public async Task A_node_asks_the_database_once_a_block()
    {
        var node = Node();
        for (var i = 0; i < 100; i++)
        {
            await Take(node, 100_000);
        }

        Assert.Equal(100, await Stored());
        Assert.Equal(99_900, node.Left("agency:a", 100_000));
    }

    private protected DailyQuotas Node() =>
        new(
            _host.Get<IDbContextFactory<Integration.Gateway.Platform.Database.GatewayDb>>(),
            Clock,
            NullLogger<DailyQuotas>.Instance
        );

    private protected static ValueTask<DailyTake> Take(DailyQuotas node, long perDay = 100, string name = "agency:a") =>
        node.Take(name, perDay, TestContext.Current.CancellationToken);

    private static async Task<int> Drain(DailyQuotas[] nodes, int requests, long perDay)
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
                if (await Take(nodes[i % nodes.Length], perDay) == DailyTake.Taken)
                {
                    Interlocked.Increment(ref taken);
                }
            }
        );
        return taken;
    }

    private async Task<long> Stored()
    {
        await using var db = _host.Db();
        return await db.Set<DailyQuotaRow>()
            .Where(row => row.Name == "agency:a")
            .Select(row => row.Reserved)
            .SingleAsync(TestContext.Current.CancellationToken);
    }
}
