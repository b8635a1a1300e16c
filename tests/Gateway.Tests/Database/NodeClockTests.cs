using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Integration.Testing.Databases;
using Integration.Testing.Drivers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Integration.Gateway.Tests.Database;

/// <summary>Nodes over one PostgreSQL whose machines' clocks differ.</summary>
public sealed class NodeClockTests : IAsyncLifetime
{
    private const string Work = "work";
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_takeover = TimeSpan.FromSeconds(10);

    private readonly PostgresTestDatabase _database = new();
    private readonly List<PlatformHost> _nodes = [];
    private readonly SchedulerLog _log = new();

    public async ValueTask InitializeAsync() => await _database.Create();

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
        var right = await Start(TimeSpan.Zero);
        var wrong = await Start(TimeSpan.FromSeconds(seconds));
        Assert.True(await Hold(right));
        Assert.False(await Hold(wrong));
        Assert.True(await Hold(right));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task The_lease_of_a_dead_node_is_taken_over_within_10_s_whatever_its_clock_said(double seconds)
    {
        var dying = await Start(TimeSpan.FromSeconds(seconds));
        var living = await Start(TimeSpan.Zero);
        Assert.True(await Hold(dying));
        Assert.False(await Hold(living));

        await Eventually.Of("the lease is taken over", () => Hold(living), taken => taken, s_takeover);
        Assert.False(await Hold(dying));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task A_node_whose_clock_goes_astray_is_unready_and_gives_its_lease_back(double seconds)
    {
        var clock = new SkewedClock(TimeSpan.Zero);
        var node = await Start(clock);
        var other = await Start(TimeSpan.Zero);
        Assert.True(await Hold(node));
        Assert.Equal(HealthStatus.Healthy, (await Check(node)).Status);

        clock.Lead = TimeSpan.FromSeconds(seconds);
        Assert.False(await Hold(node));
        Assert.True(await Hold(other));
        var told = await Check(node);
        Assert.Equal(HealthStatus.Unhealthy, told.Status);
        Assert.Contains(seconds > 0 ? "300 s ahead" : "300 s behind", told.Description, StringComparison.Ordinal);
        Assert.Contains("NTP", told.Description, StringComparison.Ordinal);

        clock.Lead = TimeSpan.Zero;
        await other.Get<WorkLeases>().Release(Work, TestContext.Current.CancellationToken);
        Assert.True(await Hold(node));
        Assert.Equal(HealthStatus.Healthy, (await Check(node)).Status);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    [InlineData(25)]
    [InlineData(-25)]
    public async Task What_a_node_says_the_time_is_is_what_the_database_says(double seconds)
    {
        var node = await Start(TimeSpan.FromSeconds(seconds));
        var difference = node.Get<TimeProvider>().GetUtcNow() - TimeProvider.System.GetUtcNow();
        Assert.InRange(difference.TotalSeconds, -2, 2); // the server runs on this machine
    }

    [Theory]
    [InlineData(25)]
    [InlineData(-25)]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task No_living_scheduler_is_removed_whatever_the_other_clock_says(double seconds)
    {
        var clock = new SkewedClock(TimeSpan.FromSeconds(Math.Clamp(seconds, -25, 25)));
        await Start(TimeSpan.Zero);
        await SchedulersAre(1);
        await Start(clock);
        await SchedulersAre(2);
        clock.Lead = TimeSpan.FromSeconds(seconds);

        // Each checks in every 1.5 s and looks for dead ones then.
        var checkIns = await CheckIns();
        await Eventually.Of(
            "both have checked in six times more",
            CheckIns,
            now => now.All(node => node.Value >= checkIns[node.Key] + TimeSpan.FromSeconds(9)),
            TimeSpan.FromSeconds(60)
        );
        Assert.All(
            await CheckIns(),
            node => Assert.InRange((TimeProvider.System.GetUtcNow() - node.Value).TotalSeconds, -2, 30)
        );
        Assert.Empty(_log.Removals);
    }

    [Fact]
    public async Task A_node_whose_clock_is_astray_fires_no_timer_until_it_is_set_right()
    {
        var clock = new SkewedClock(TimeSpan.FromMinutes(5));
        var fired = new Recorded();
        var node = await Start(clock, fired);
        await Set(node, "a");
        await Eventually.Of("its job is there", Jobs, jobs => jobs == 1);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Empty(fired.Keys);

        clock.Lead = TimeSpan.Zero;
        await Eventually.Of("it fires", () => Is(fired.Keys.Count), count => count == 1);
    }

    [Fact]
    public async Task A_timer_that_a_leading_node_set_fires_on_time_on_another()
    {
        var (first, second) = (new Recorded(), new Recorded());
        var leading = await Start(new SkewedClock(TimeSpan.FromMinutes(5)), first);
        await Start(new SkewedClock(TimeSpan.Zero), second);
        await Set(leading, "b");
        await Eventually.Of("it fires", () => Is(second.Keys.Count), count => count == 1, s_takeover);
        Assert.Empty(first.Keys);
    }

    private static Task<T> Is<T>(T value) => Task.FromResult(value);

    private static Task<bool> Hold(PlatformHost node) =>
        node.Get<WorkLeases>().TryHold(Work, s_turn, TestContext.Current.CancellationToken);

    private static Task<HealthCheckResult> Check(PlatformHost node) =>
        new NodeClockCheck(node.Get<ClusterClock>()).CheckHealthAsync(new HealthCheckContext());

    /// <summary>Sets a timer for now, as the node has it.</summary>
    private static async Task Set(PlatformHost node, string key)
    {
        await using var db = node.Db();
        DurableTimer.Schedule(db, Recorded.TimerKind, key, node.Get<TimeProvider>().GetUtcNow());
        await db.SaveChangesAsync();
    }

    private Task<PlatformHost> Start(TimeSpan lead) => Start(new SkewedClock(lead));

    private async Task<PlatformHost> Start(SkewedClock clock, Recorded? handler = null)
    {
        var node = await PlatformHost.Start(
            _database,
            [new("Gateway:Evidence:Chain", $"node-{_nodes.Count}")],
            builder =>
            {
                builder.Services.AddKeyedSingleton<TimeProvider>(ClusterClock.Node, clock);
                builder.Services.AddSingleton<ITimerHandler>(handler ?? new Recorded());
                builder.Logging.AddProvider(_log);
            }
        );
        _nodes.Add(node);
        await Eventually.Of("its scheduler runs", () => Is(node.Get<TimerScheduler>().IsReady), ready => ready);
        return node;
    }

    private Task<Dictionary<string, DateTimeOffset>> SchedulersAre(int count) =>
        Eventually.Of($"{count} schedulers have checked in", CheckIns, nodes => nodes.Count == count);

    private async Task<Dictionary<string, DateTimeOffset>> CheckIns()
    {
        await using var db = _nodes[0].Db();
        var rows = await db
            .Database.SqlQuery<CheckIn>(
                $"""SELECT instance_name AS "Name", last_checkin_time AS "Ticks" FROM qrtz_scheduler_state"""
            )
            .ToListAsync();
        return rows.ToDictionary(
            row => row.Name,
            row => new DateTimeOffset(row.Ticks, TimeSpan.Zero),
            StringComparer.Ordinal
        );
    }

    private async Task<int> Jobs()
    {
        await using var db = _nodes[0].Db();
        return await db
            .Database.SqlQuery<int>($"""SELECT COUNT(*)::int AS "Value" FROM qrtz_job_details""")
            .SingleAsync();
    }

    private sealed record CheckIn(string Name, long Ticks);

    private sealed class Recorded : ITimerHandler
    {
        public const string TimerKind = "test";

        public string Kind => TimerKind;

        public System.Collections.Concurrent.ConcurrentQueue<string> Keys { get; } = new();

        public Task Handle(string key, CancellationToken cancellationToken)
        {
            Keys.Enqueue(key);
            return Task.CompletedTask;
        }
    }

    /// <summary>What the schedulers say when one takes another for dead.</summary>
    private sealed class SchedulerLog : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Removals { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var text = formatter(state, exception);
            if (
                text.Contains("failed or restarted instances", StringComparison.Ordinal)
                || text.Contains("was recovered by another instance", StringComparison.Ordinal)
            )
            {
                Removals.Enqueue(text);
            }
        }

        public void Dispose() { }
    }
}
