using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Databases;
using Integration.Testing.Drivers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Tests.Database;

/// <summary>Nodes over one PostgreSQL whose machines' clocks differ.</summary>
public sealed class NodeClockTests : IAsyncLifetime
{
    private const string Work = "work";
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_takeover = TimeSpan.FromSeconds(10);

    private readonly PostgresTestDatabase _database = new();
    private readonly List<ServiceHost> _nodes = [];

    public async ValueTask InitializeAsync() => await _database.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task The_lease_of_a_living_node_is_not_taken_whatever_the_other_clock_says(double seconds)
    {
        var right = await StartAsync(TimeSpan.Zero);
        var wrong = await StartAsync(TimeSpan.FromSeconds(seconds));
        Assert.True(await HoldAsync(right));
        Assert.False(await HoldAsync(wrong));
        Assert.True(await HoldAsync(right));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task The_lease_of_a_dead_node_is_taken_over_within_10_s_whatever_its_clock_said(double seconds)
    {
        var dying = await StartAsync(TimeSpan.FromSeconds(seconds));
        var living = await StartAsync(TimeSpan.Zero);
        Assert.True(await HoldAsync(dying));
        Assert.False(await HoldAsync(living));

        await Eventually.GetAsync("the lease is taken over", () => HoldAsync(living), taken => taken, s_takeover);
        Assert.False(await HoldAsync(dying));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task A_node_whose_clock_goes_astray_is_unready_and_gives_its_lease_back(double seconds)
    {
        var clock = new SkewedClock(TimeSpan.Zero);
        var node = await StartAsync(clock);
        var other = await StartAsync(TimeSpan.Zero);
        Assert.True(await HoldAsync(node));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(node)).Status);

        clock.Lead = TimeSpan.FromSeconds(seconds);
        Assert.False(await HoldAsync(node));
        Assert.True(await HoldAsync(other));
        var told = await CheckAsync(node);
        Assert.Equal(HealthStatus.Unhealthy, told.Status);
        Assert.Contains(seconds > 0 ? "300 s ahead" : "300 s behind", told.Description, StringComparison.Ordinal);
        Assert.Contains("NTP", told.Description, StringComparison.Ordinal);

        clock.Lead = TimeSpan.Zero;
        await other.Get<WorkLeases>().ReleaseAsync(Work, TestContext.Current.CancellationToken);
        Assert.True(await HoldAsync(node));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(node)).Status);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    [InlineData(25)]
    [InlineData(-25)]
    public async Task What_a_node_says_the_time_is_is_what_the_database_says(double seconds)
    {
        var node = await StartAsync(TimeSpan.FromSeconds(seconds));
        var difference = node.Get<TimeProvider>().GetUtcNow() - TimeProvider.System.GetUtcNow();
        Assert.InRange(difference.TotalSeconds, -2, 2); // the server runs on this machine
    }

    [Theory]
    [InlineData(25)]
    [InlineData(-25)]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task A_timer_that_a_living_node_runs_is_not_taken_over_whatever_the_other_clock_says(double seconds)
    {
        var end = new TaskCompletionSource();
        var (first, second) = (new Recorded { End = end }, new Recorded());
        var right = await StartAsync(new SkewedClock(TimeSpan.Zero), first);
        await SetAsync(right, "long");
        await Eventually.GetAsync("it runs", () => IsAsync(first.Keys.Count), count => count == 1);
        var clock = new SkewedClock(TimeSpan.FromSeconds(Math.Clamp(seconds, -25, 25)));
        await StartAsync(clock, second);
        clock.Lead = TimeSpan.FromSeconds(seconds);

        var claimed = await ClaimedUntilAsync();
        await Eventually.GetAsync("its claim was renewed", ClaimedUntilAsync, until => until >= claimed + s_takeover);
        end.SetResult();
        await Eventually.GetAsync("it ends", ClaimedUntilAsync, until => until is null);
        Assert.Single(first.Keys);
        Assert.Empty(second.Keys);
    }

    [Fact]
    public async Task A_node_whose_clock_is_astray_fires_no_timer_until_it_is_set_right()
    {
        var clock = new SkewedClock(TimeSpan.FromMinutes(5));
        var fired = new Recorded();
        var node = await StartAsync(clock, fired);
        await SetAsync(node, "a");
        var looks = clock.Looks;
        await Eventually.GetAsync("it has looked five times", () => IsAsync(clock.Looks), seen => seen >= looks + 5);
        Assert.Empty(fired.Keys);

        clock.Lead = TimeSpan.Zero;
        await Eventually.GetAsync("it fires", () => IsAsync(fired.Keys.Count), count => count == 1);
    }

    [Fact]
    public async Task A_timer_that_a_leading_node_set_fires_on_time_on_another()
    {
        var (first, second) = (new Recorded(), new Recorded());
        var leading = await StartAsync(new SkewedClock(TimeSpan.FromMinutes(5)), first);
        await StartAsync(new SkewedClock(TimeSpan.Zero), second);
        await SetAsync(leading, "b");
        await Eventually.GetAsync("it fires", () => IsAsync(second.Keys.Count), count => count == 1, s_takeover);
        Assert.Empty(first.Keys);
    }

    private static Task<T> IsAsync<T>(T value) => Task.FromResult(value);

    private static Task<bool> HoldAsync(ServiceHost node) =>
        node.Get<WorkLeases>().TryHoldAsync(Work, s_turn, TestContext.Current.CancellationToken);

    private static Task<HealthCheckResult> CheckAsync(ServiceHost node) =>
        new NodeClockCheck(node.Get<ClusterClock>()).CheckHealthAsync(new HealthCheckContext());

    /// <summary>Sets a timer for now, as the node has it.</summary>
    private static async Task SetAsync(ServiceHost node, string key)
    {
        await using var db = node.Db();
        DurableTimer.Set(db, Recorded.TimerKind, key, node.Get<TimeProvider>().GetUtcNow());
        await db.SaveChangesAsync();
    }

    private Task<ServiceHost> StartAsync(TimeSpan lead) => StartAsync(new SkewedClock(lead));

    private async Task<ServiceHost> StartAsync(SkewedClock clock, Recorded? handler = null)
    {
        var node = await ServiceHost.StartAsync(
            _database,
            [new("Gateway:Evidence:Chain", $"node-{_nodes.Count}")],
            builder =>
            {
                builder.Services.AddKeyedSingleton<TimeProvider>(ClusterClock.Node, clock);
                builder.Services.AddSingleton<ITimerHandler>(handler ?? new Recorded());
            }
        );
        _nodes.Add(node);
        await Eventually.GetAsync("its engine runs", () => IsAsync(node.Get<TimerEngine>().IsReady), ready => ready);
        return node;
    }

    private async Task<DateTimeOffset?> ClaimedUntilAsync()
    {
        await using var db = _nodes[0].Db();
        return (await db.Set<TimerRow>().AsNoTracking().FirstOrDefaultAsync())?.ClaimedUntil;
    }

    private sealed class Recorded : ITimerHandler
    {
        public const string TimerKind = "test";

        public string Kind => TimerKind;

        public System.Collections.Concurrent.ConcurrentQueue<string> Keys { get; } = new();

        public TaskCompletionSource? End { get; init; }

        public async Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
        {
            Keys.Enqueue(call.Key);
            await (End?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
            return null;
        }
    }
}
