using System.Collections.Concurrent;

namespace Integration.Gateway.Platform.Timers;

/// <summary>
/// Runs the handlers of timers that are due, from the moment at which the gateway answers.
/// <code>
/// signal, next due time, at least every second ──▶ claim what is due ──▶ handler ──▶ due next, tried again, or ended
/// </code>
/// The rows are all there is: a timer that a node held when it was killed is claimed by another one, or by the same when it is back.
/// </summary>
internal sealed partial class TimerEngine(
    TimerClaims claims,
    TimerRunner runner,
    WorkSignal<TimerRow> signal,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<TimerEngine> logger
) : BackgroundService
{
    /// <summary>Handlers that run at once.</summary>
    public const int Parallel = 16;

    /// <summary>Of timers that other nodes set it is not told.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a stop waits for handlers that run, by the machine's clock: one that waits for a silent agency must not hold up the stop, and its
    /// timer is still due afterwards.
    /// </summary>
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<TimerName, bool> _running = new();
    private readonly SemaphoreSlim _places = new(Parallel);
    private volatile bool _isReady;

    /// <summary>Whether it has looked for timers.</summary>
    public bool IsReady => _isReady;

    public override void Dispose()
    {
        if (_running.IsEmpty)
        {
            _places.Dispose(); // else a handler for which the stop did not wait still gives its place back
        }

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ApplicationStartedAsync(stoppingToken);
        using var drained = new CancellationTokenSource();
        var renewing = claims.AreNeeded ? RenewAsync(drained.Token) : Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested)
        {
            var until = await LookAsync(stoppingToken);
            await signal.WaitAsync(until, time, stoppingToken);
        }

        _isReady = false;
        await Task.WhenAny(DrainAsync(), Task.Delay(s_drain, TimeProvider.System, CancellationToken.None));
        await drained.CancelAsync();
        await renewing;
    }

    private async Task ApplicationStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    /// <summary>Starts what is due.</summary>
    /// <returns>When to look next unless the signal is raised.</returns>
    private async Task<DateTimeOffset> LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            var now = time.GetUtcNow(); // one moment for both questions: a clock that leaps between them would hide a timer
            while (_places.CurrentCount is > 0 and var free)
            {
                var due = await claims.TakeAsync(now, free, [.. _running.Keys], stoppingToken);
                foreach (var row in due)
                {
                    Start(row, stoppingToken);
                }

                if (due.Count < free)
                {
                    break;
                }
            }

            _isReady = true;
            var look = now + s_look;
            return await claims.NextAsync(now, stoppingToken) is { } next && next < look ? next : look;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return default;
        }
        catch (Exception reason)
        {
            Log.TimerEngineFailed(logger, s_pauseAfterFailure, reason);
            return time.GetUtcNow() + s_pauseAfterFailure;
        }
    }

    private void Start(TimerRow row, CancellationToken stoppingToken)
    {
        var name = TimerName.From(row);
        if (_running.TryAdd(name, value: true)) // else its claim ran out while this node runs it
        {
            _places.Wait(CancellationToken.None); // there is one: places are taken here only
            _ = Task.Run(() => RunAsync(row, name, stoppingToken), CancellationToken.None);
        }
    }

    private async Task RunAsync(TimerRow row, TimerName name, CancellationToken stoppingToken)
    {
        try
        {
            await runner.RunAsync(row, stoppingToken);
        }
        catch (Exception reason)
        {
            Log.NotStored(logger, row.Kind, row.Key, s_pauseAfterFailure, reason);
            // The row says still that it is due: without a pause its handler would ask agencies again and again.
            await Task.Delay(s_pauseAfterFailure, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _running.TryRemove(name, out _);
            _places.Release();
            signal.Raise();
        }
    }

    private async Task DrainAsync()
    {
        for (var place = 0; place < Parallel; place++)
        {
            await _places.WaitAsync(CancellationToken.None);
        }
    }

    private async Task RenewAsync(CancellationToken drained)
    {
        while (!drained.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimerClaims.Renewal, time, drained);
                if (!_running.IsEmpty)
                {
                    await claims.RenewAsync([.. _running.Keys], drained);
                }
            }
            catch (OperationCanceledException) when (drained.IsCancellationRequested) { }
            catch (Exception reason)
            {
                Log.TimersNotRenewed(logger, reason);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1022, LogLevel.Error, "The timer engine failed; it is tried again in {Pause}.")]
        public static partial void TimerEngineFailed(ILogger logger, TimeSpan pause, Exception exception);

        [LoggerMessage(
            1024,
            LogLevel.Error,
            "What became of timer {Kind} {Key} could not be stored; it runs again in {Pause}."
        )]
        public static partial void NotStored(
            ILogger logger,
            string kind,
            string key,
            TimeSpan pause,
            Exception exception
        );

        [LoggerMessage(
            1025,
            LogLevel.Warning,
            "Claims of timers could not be renewed; another node may take them over."
        )]
        public static partial void TimersNotRenewed(ILogger logger, Exception exception);
    }
}
