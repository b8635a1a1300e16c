namespace Integration.Gateway.Callers;

/// <summary>
/// Reads the callers file again every <see cref="Interval"/>. Polling by content sees what file events miss: replaced
/// links, mounted configuration, a rotated secret file that the callers file refers to.
/// </summary>
internal sealed class CallersWatch(CallerDirectory directory, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Off the clock's own thread, so that ticks missed while reading become one.
            await Task.Yield();
            _ = directory.Reload();
        }
    }
}
