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
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            _ = directory.Reload();
        }
    }
}
