namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>
/// Puts the catalogue on record at start, then reads its file every <see cref="Interval"/>: polling by content sees what file
/// events miss (replaced links, mounted configuration).
/// </summary>
internal sealed class CatalogueWatch(CatalogueDirectory directory, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await directory.RecordStart(cancellationToken))
        {
            throw new InvalidOperationException(
                "The service catalogue cannot be put on record, so that nothing may be shared."
            );
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            _ = await directory.Reload(stoppingToken);
        }
    }
}
