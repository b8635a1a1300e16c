using System.Collections.Concurrent;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Processing;

/// <summary>
/// Takes what waits in the inbox and has it processed: different enterprises side by side, each in order. It looks when it is
/// told and every second, because of another node's events it is not told.
/// </summary>
internal sealed partial class EventWorker(
    WorkSignal<EventRow> signal,
    IntakeBackpressure backpressure,
    EventQueue queue,
    EventClaims claims,
    ProcessStream process,
    IOptions<EventOptions> options,
    TimeProvider time,
    ILogger<EventWorker> logger
) : BackgroundService
{
    /// <summary>Streams asked for at once: few enough to be small, enough to ask seldom.</summary>
    private const int Page = 256;

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>Streams in work, and whether something of one was due meanwhile.</summary>
    private readonly ConcurrentDictionary<string, bool> _busy = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _places = new(options.Value.Processing.Parallel);
    private volatile bool _isInterrupted;

    public override void Dispose()
    {
        _places.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var drained = new CancellationTokenSource();
        var renewing = claims.AreNeeded ? RenewAsync(drained.Token) : Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested && !renewing.IsFaulted)
        {
            await WorkAsync(stoppingToken);
            await signal.WaitAsync(time.GetUtcNow() + s_look, time, stoppingToken);
        }

        await DrainAsync();
        await drained.CancelAsync();
        await renewing; // if it broke, the gateway stops: claims that are not renewed are work done twice
    }

    /// <summary>Until nothing is due, or the database cannot be reached; that is tried again at the next look.</summary>
    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        try
        {
            _isInterrupted = false;
            while (!_isInterrupted && await DispatchAsync(stoppingToken)) { }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
        catch (Exception reason)
        {
            Log.WorkerFailed(logger, reason);
        }
    }

    /// <summary>Starts what is due, as places become free.</summary>
    /// <returns>False: nothing was started.</returns>
    private async Task<bool> DispatchAsync(CancellationToken stoppingToken)
    {
        var started = false;
        if (backpressure.IsOn())
        {
            return false;
        }

        foreach (var streamId in await queue.DueAsync(Page, stoppingToken))
        {
            await _places.WaitAsync(stoppingToken);
            if (backpressure.IsOn())
            {
                _places.Release();
                return false;
            }

            if (_isInterrupted || !_busy.TryAdd(streamId, value: false))
            {
                _busy.TryUpdate(streamId, newValue: true, comparisonValue: false);
                _places.Release();
                continue;
            }

            started = true;
            _ = Task.Run(() => ProcessAsync(streamId, stoppingToken), CancellationToken.None);
        }

        return started;
    }

    private async Task ProcessAsync(string streamId, CancellationToken stoppingToken)
    {
        try
        {
            if (!await process.RunAsync(streamId, stoppingToken))
            {
                _isInterrupted = true;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
        catch (Exception reason)
        {
            _isInterrupted = true;
            Log.StreamFailed(logger, reason);
        }
        finally
        {
            if (_busy.TryRemove(streamId, out var again) && again && !_isInterrupted)
            {
                signal.Raise();
            }

            _places.Release();
        }
    }

    private async Task DrainAsync()
    {
        for (var place = 0; place < options.Value.Processing.Parallel; place++)
        {
            await _places.WaitAsync();
        }
    }

    private async Task RenewAsync(CancellationToken drained)
    {
        while (!drained.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(EventClaims.Renewal, time, drained);
                await claims.RenewAsync(drained);
            }
            catch (OperationCanceledException) when (drained.IsCancellationRequested) { }
            catch (Exception reason)
            {
                Log.NotRenewed(logger, reason);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2200, LogLevel.Error, "The inbox cannot be worked on; it is tried again.")]
        public static partial void WorkerFailed(ILogger logger, Exception exception);

        [LoggerMessage(2201, LogLevel.Error, "Events of an enterprise cannot be worked on; it is tried again.")]
        public static partial void StreamFailed(ILogger logger, Exception exception);

        [LoggerMessage(2202, LogLevel.Warning, "Claims could not be renewed; another node may take the work over.")]
        public static partial void NotRenewed(ILogger logger, Exception exception);
    }
}
