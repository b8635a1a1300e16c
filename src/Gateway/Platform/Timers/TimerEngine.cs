using Integration.Gateway.Platform.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;
using Quartz.Extensibility;

namespace Integration.Gateway.Platform.Timers;

/// <summary>
/// Starts the scheduler once the gateway answers, makes jobs for timers that were announced, and sweeps: at start and every
/// minute a timer whose job is absent gets one, so nothing is lost between a commit and its job.
/// </summary>
internal sealed partial class TimerEngine(
    TimerScheduler scheduler,
    TimerJob job,
    IDbContextFactory<GatewayDb> factory,
    IOptions<DatabaseOptions> database,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan s_sweepInterval = TimeSpan.FromMinutes(1);

    /// <summary>Timers due within this time have a job; two sweeps, so that one may be missed.</summary>
    public static TimeSpan Horizon { get; } = 2 * s_sweepInterval;

    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(5);
    private readonly ILogger _logger = loggers.CreateLogger<TimerEngine>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ApplicationStarted(stoppingToken);
        var engine = QuartzSchedulerBuilder.Create(Configure).Build();
        await using var disposed = engine.ConfigureAwait(false);
        await Persist(() => Start(engine, stoppingToken), stoppingToken);
        var sweeping = Repeat(Sweep, s_sweepInterval, stoppingToken);
        await foreach (var row in scheduler.Announced.ReadAllAsync(stoppingToken))
        {
            await Persist(() => scheduler.Schedule(row, stoppingToken).AsTask(), stoppingToken);
        }

        await sweeping;
    }

    private async Task ApplicationStarted(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task Start(StandaloneSchedulerFactory engine, CancellationToken stoppingToken)
    {
        var quartz = await engine.GetScheduler(stoppingToken);
        await quartz.Start(stoppingToken);
        scheduler.Use(quartz);
    }

    /// <summary>Only timers that are due before the sweep after next matter now.</summary>
    private async Task Sweep(CancellationToken stoppingToken)
    {
        var horizon = time.GetUtcNow() + Horizon;
        await using var db = await factory.CreateDbContextAsync(stoppingToken);
        var rows = await db.Set<TimerRow>()
            .AsNoTracking()
            .Where(row => row.DueAt <= horizon)
            .ToListAsync(stoppingToken);
        foreach (var row in rows)
        {
            if (!await scheduler.HasJob(row, stoppingToken))
            {
                await scheduler.Schedule(row, stoppingToken);
            }
        }
    }

    private async Task Repeat(Func<CancellationToken, Task> step, TimeSpan interval, CancellationToken stoppingToken)
    {
        while (true)
        {
            await Persist(() => step(stoppingToken), stoppingToken);
            await Task.Delay(interval, time, stoppingToken);
        }
    }

    /// <summary>Until it succeeds: without the engine no timer ever fires again.</summary>
    private async Task Persist(Func<Task> step, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await step();
                return;
            }
            catch (Exception reason) when (!stoppingToken.IsCancellationRequested)
            {
                Log.TimerEngineFailed(_logger, s_pauseAfterFailure, reason);
                await Task.Delay(s_pauseAfterFailure, time, stoppingToken);
            }
        }
    }

    private void Configure(IQuartzBuilder quartz)
    {
        quartz.Services.AddSingleton(loggers);
        quartz.UseTimeProvider(time);
        quartz.UseJobFactory(new OneJob(job));
        quartz.AddTriggerListener(job);
        quartz.ConfigureScheduler(options =>
        {
            options.InstanceName = "gateway";
            options.IdleWaitTime = TimeSpan.FromSeconds(1);
        });
        quartz.UsePersistentStore(ConfigureStore);
    }

    private void ConfigureStore(IPersistentStoreBuilder store)
    {
        store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
        store.UseSystemTextJsonSerializer();
        store.ProvisionSchema();
        if (database.Value.Provider == DatabaseProvider.Sqlite)
        {
            store.UseSqlite(FileOfTimers(database.Value.ResolveConnectionString()));
            return;
        }

        store.UsePostgres(database.Value.ResolveConnectionString());
        store.ConfigureStore(options => options.AcceptEnlistedTransactions = true);
        store.UseClustering(cluster =>
        {
            // A node that is silent for 5.5 s is taken for dead and noticed within 1.5 s: a step waits less than 10 s for it.
            cluster.CheckinInterval = TimeSpan.FromMilliseconds(1500);
            cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(4);
        });
    }

    /// <summary>The scheduler's own file beside the gateway's: <c>integration.sqlite</c> -> <c>integration.timers.sqlite</c>.</summary>
    private static string FileOfTimers(string connectionString)
    {
        var text = new SqliteConnectionStringBuilder(connectionString);
        text.DataSource = Path.ChangeExtension(text.DataSource, $".timers{Path.GetExtension(text.DataSource)}");
        return text.ToString();
    }

    private sealed class OneJob(IJob job) : IJobFactory
    {
        public ValueTask<JobScope> CreateJob(
            TriggerFiredBundle bundle,
            IScheduler scheduler,
            CancellationToken cancellationToken = default
        ) => ValueTask.FromResult(new JobScope(job, null));

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(1022, LogLevel.Error, "The timer engine failed; it is tried again in {Pause}.")]
        public static partial void TimerEngineFailed(ILogger logger, TimeSpan pause, Exception exception);
    }
}
