namespace Integration.Gateway.Platform;

/// <summary>Work that is done again and again while the gateway runs: the first time one period after the start.</summary>
/// <param name="time">The pauses go by it.</param>
/// <param name="period">From the end of one run to the beginning of the next.</param>
internal abstract class PeriodicService(TimeProvider time, TimeSpan period) : BackgroundService
{
    /// <summary>One run. An exception stops the gateway: what may fail for a while is caught here.</summary>
    protected abstract Task RunOnceAsync(CancellationToken stoppingToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(period, time, stoppingToken);
            await RunOnceAsync(stoppingToken);
        }
    }
}
