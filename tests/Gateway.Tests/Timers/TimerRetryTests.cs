using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Timers;

/// <summary>What becomes of a handler that goes on failing, with a clock that the test moves.</summary>
public sealed class TimerRetryTests
{
    [Fact]
    public async Task A_handler_that_goes_on_failing_is_seen_and_tried_every_hour_until_it_succeeds()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));
        var handler = new FailingHandler();
        await using var database = new SqliteTestDatabase();
        await using var host = await ServiceHost.StartAsync(
            database,
            with: builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.AddSingleton<ITimerHandler>(handler);
            }
        );
        await using (var db = host.Db())
        {
            DurableTimer.Set(db, handler.Kind, "stubborn", clock.GetUtcNow());
            await db.SaveChangesAsync();
        }

        await UntilAsync(clock, () => Row(host) is { Failures: 1 });

        Assert.Equal(5, handler.Runs); // at once, then after 2, 6, 18 and 54 s
        Assert.Equal(nameof(InvalidTimeZoneException), Row(host)!.LastFailure);
        Assert.InRange(Row(host)!.DueAt - clock.GetUtcNow(), TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(61));
        var check = new TimerCheck(
            host.Get<TimerEngine>(),
            host.Get<IDbContextFactory<Gateway.Platform.Database.GatewayDb>>()
        );
        var report = await check.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Degraded, report.Status);

        handler.Mended = true;
        clock.Advance(TimeSpan.FromMinutes(59));
        await UntilAsync(clock, () => Row(host) is null);
        Assert.Equal(6, handler.Runs);
    }

    /// <summary>Its timer stays due: without a pause it would ask agencies as fast as the machine allows.</summary>
    [Fact]
    public async Task A_handler_of_which_nothing_can_be_stored_does_not_run_again_at_once()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));
        var handler = new FailingHandler { Mended = true };
        await using var database = new SqliteTestDatabase();
        await using var host = await ServiceHost.StartAsync(
            database,
            with: builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.AddSingleton<ITimerHandler>(handler);
            }
        );
        await using var db = host.Db();
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE TRIGGER stuck_end BEFORE DELETE ON "Timers" BEGIN SELECT RAISE(ABORT, 'stuck'); END;
            CREATE TRIGGER stuck_retry BEFORE UPDATE ON "Timers" BEGIN SELECT RAISE(ABORT, 'stuck'); END;
            """,
            TestContext.Current.CancellationToken
        );
        DurableTimer.Set(db, handler.Kind, "stuck", clock.GetUtcNow());
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await UntilAsync(clock, () => handler.Runs == 1);

        for (var second = 0; second < 3; second++)
        {
            await Task.Delay(
                TimeSpan.FromMilliseconds(100),
                TimeProvider.System,
                TestContext.Current.CancellationToken
            );
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, handler.Runs);
        await db.Database.ExecuteSqlRawAsync(
            "DROP TRIGGER stuck_end; DROP TRIGGER stuck_retry;",
            TestContext.Current.CancellationToken
        );
        await UntilAsync(clock, () => Row(host) is null);
        Assert.Equal(2, handler.Runs);
    }

    private static TimerRow? Row(ServiceHost host)
    {
        using var db = host.Db();
        return db.Set<TimerRow>().AsNoTracking().FirstOrDefault();
    }

    private static async Task UntilAsync(FakeTimeProvider clock, Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, patience.Token);
        }
    }

    private sealed class FailingHandler : ITimerHandler
    {
        private int _runs;

        public string Kind => "failing";

        public int Runs => _runs;

        public bool Mended { get; set; }

        public Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _runs);
            return Mended ? Task.FromResult<DateTimeOffset?>(null) : throw new InvalidTimeZoneException();
        }
    }
}
