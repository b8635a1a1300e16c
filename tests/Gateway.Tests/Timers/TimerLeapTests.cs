using System.Collections.Concurrent;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Databases;
using Integration.Testing.Drivers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Timers;

public sealed class SqliteTimerLeapTests : TimerLeapTests<SqliteTestDatabase>;

public sealed class PostgresTimerLeapTests : TimerLeapTests<PostgresTestDatabase>;

/// <summary>A clock that leaps and then stands still.</summary>
public abstract class TimerLeapTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    private const int Leaps = 40;
    private static readonly TimeSpan s_leap = TimeSpan.FromDays(10) + TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_timer_fires_after_a_leap_of_the_clock_at_whatever_moment_of_the_engine_it_comes()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));
        var handler = new Fired();
        await using var database = new TDatabase();
        await database.CreateAsync();
        await using var host = await ServiceHost.StartAsync(
            database,
            with: builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.AddSingleton<ITimerHandler>(handler);
            }
        );

        for (var leap = 0; leap < Leaps; leap++)
        {
            await using (var db = host.Db())
            {
                DurableTimer.Set(db, handler.Kind, "far", clock.GetUtcNow() + s_leap);
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            }

            await Task.Delay(
                TimeSpan.FromMilliseconds(leap),
                TimeProvider.System,
                TestContext.Current.CancellationToken
            );
            clock.Advance(s_leap);
            await Eventually.GetAsync(
                $"timer {leap} fires",
                () => Task.FromResult(handler.At.Count),
                count => count == leap + 1
            );
            Assert.Equal(clock.GetUtcNow(), handler.At.Last());
            await Eventually.GetAsync("it ends", () => RowsAsync(host), rows => rows == 0);
        }
    }

    private static async Task<int> RowsAsync(ServiceHost host)
    {
        await using var db = host.Db();
        return await db.Set<TimerRow>().CountAsync();
    }

    private sealed class Fired : ITimerHandler
    {
        public string Kind => "leap";

        public ConcurrentQueue<DateTimeOffset> At { get; } = new();

        public Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
        {
            At.Enqueue(call.At);
            return Task.FromResult<DateTimeOffset?>(null);
        }
    }
}
