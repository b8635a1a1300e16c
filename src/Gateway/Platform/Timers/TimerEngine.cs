using System.Data.Common;
using Integration.Gateway.Platform.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;
using Quartz.Extensibility;

namespace Integration.Gateway.Platform.Timers;

/// <summary>
/// Starts the scheduler once the gateway answers, makes jobs for timers that were announced, and sweeps: at start and every
/// minute a timer whose job is absent gets one, so nothing is lost between a commit and its job. A node whose clock is astray fires
/// nothing. A scheduler whose own file was taken away begins anew: the rows are the truth.
/// </summary>
internal sealed partial class TimerEngine(
    TimerScheduler scheduler,
    TimerJob job,
    IDbContextFactory<GatewayDb> factory,
    IOptions<DatabaseOptions> database,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers,
    ClusterClock clock,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan s_sweepInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_watchInterval = TimeSpan.FromSeconds(2);

    /// <summary>Timers due within this time have a job; two sweeps, so that one may be missed.</summary>
    public static TimeSpan Horizon { get; } = 2 * s_sweepInterval;

    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(5);
    private readonly ILogger _logger = loggers.CreateLogger<TimerEngine>();
    private DbDataSource? _postgres;

    public override void Dispose()
    {
        _postgres?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ApplicationStarted(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Run(stoppingToken);
            ForgetConnections();
        }
    }

    /// <summary>One life of the scheduler: until the gateway stops, or the scheduler's file was taken away.</summary>
    private async Task Run(CancellationToken stoppingToken)
    {
        var engine = QuartzSchedulerBuilder.Create(Configure).Build();
        await using var disposed = engine.ConfigureAwait(false);
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Persist(() => Start(engine, stoppingToken), stoppingToken);
        var file = FileOfScheduler();
        Task[] loops =
        [
            Repeat(Sweep, s_sweepInterval, life.Token),
            Announced(life.Token),
            Repeat(_ => Watch(engine, file, life), s_watchInterval, life.Token),
        ];
        await Task.WhenAny(loops);
        await life.CancelAsync(); // one that broke ends the others too, and stops the gateway: none ends unseen
        try
        {
            await Task.WhenAll(loops);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested && !loops.Any(IsBroken))
        {
            Log.SchedulerFileGone(_logger);
        }
        finally
        {
            scheduler.Use(null);
        }
    }

    private static bool IsBroken(Task loop) => loop.IsFaulted;

    private async Task Announced(CancellationToken stoppingToken)
    {
        await foreach (var row in scheduler.Announced.ReadAllAsync(stoppingToken))
        {
            await Persist(() => scheduler.Schedule(row, stoppingToken).AsTask(), stoppingToken);
        }
    }

    private async Task Watch(StandaloneSchedulerFactory engine, FileIdentity? file, CancellationTokenSource life)
    {
        if (FileOfScheduler() != file)
        {
            await life.CancelAsync();
            return;
        }

        var quartz = await engine.GetScheduler(life.Token);
        if (!clock.IsAstray)
        {
            await StartUnlessRunning(quartz, life.Token);
        }
        else if (quartz.Status == SchedulerStatus.Running)
        {
            await quartz.Standby(life.Token);
        }
    }

    private static async Task StartUnlessRunning(IScheduler quartz, CancellationToken stoppingToken)
    {
        if (quartz.Status != SchedulerStatus.Running)
        {
            await quartz.Start(stoppingToken);
        }
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
        if (!clock.IsAstray)
        {
            await StartUnlessRunning(quartz, stoppingToken);
        }

        scheduler.Use(quartz); // jobs can be made before it runs: other nodes fire them
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

        _postgres = PostgresTls.DataSourceOf(database.Value.ResolveConnectionString());
        store.UsePostgres(source => source.DataSourceFactory = _ => _postgres);
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

    /// <summary>Which file the scheduler works on; null: none, or there is none.</summary>
    private FileIdentity? FileOfScheduler() =>
        database.Value.Provider == DatabaseProvider.Sqlite
            ? FileIdentity.Of(
                new SqliteConnectionStringBuilder(FileOfTimers(database.Value.ResolveConnectionString())).DataSource
            )
            : null;

    /// <summary>A pooled connection would go on with the file that was taken away.</summary>
    private void ForgetConnections()
    {
        if (database.Value.Provider == DatabaseProvider.Sqlite)
        {
            using var any = new SqliteConnection(FileOfTimers(database.Value.ResolveConnectionString()));
            SqliteConnection.ClearPool(any);
        }
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

        [LoggerMessage(
            1023,
            LogLevel.Error,
            "The scheduler's own file was taken away; it is made anew from the timers' rows."
        )]
        public static partial void SchedulerFileGone(ILogger logger);
    }
}
