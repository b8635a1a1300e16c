using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Platform.Retention;

/// <summary>
/// Deletes what is kept for a time only: every minute, one node at a time, in batches that hold the database for milliseconds,
/// and never more of a kind in a minute than <see cref="MostBatches"/> of them.
/// </summary>
internal sealed partial class RetentionSweep(
    IEnumerable<IExpiringRows> kinds,
    WorkLeases leases,
    TimeProvider time,
    ILogger<RetentionSweep> logger
) : PeriodicService(time, TimeSpan.FromMinutes(1))
{
    /// <summary>Rows of a batch.</summary>
    public const int BatchSize = 500;

    /// <summary>Batches of a kind in a minute: 20,000 rows, more than a caller at its rate can cause in that time.</summary>
    public const int MostBatches = 40;

    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(30);

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        foreach (var kind in kinds)
        {
            try
            {
                await SweepAsync(kind, stoppingToken);
            }
            catch (Exception reason) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, kind.Name, reason);
            }
        }
    }

    private async Task SweepAsync(IExpiringRows kind, CancellationToken stoppingToken)
    {
        var deleted = 0;
        for (var batch = 0; batch < MostBatches; batch++)
        {
            if (!await leases.TryHoldAsync($"retention/{kind.Name}", s_turn, stoppingToken))
            {
                break; // another node is at it
            }

            var count = await kind.DeleteExpiredAsync(BatchSize, stoppingToken);
            deleted += count;
            if (count < BatchSize)
            {
                break;
            }
        }

        if (deleted > 0)
        {
            Log.Deleted(logger, deleted, kind.Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1090, LogLevel.Information, "{Count} rows of {Kind} were deleted: their time was over.")]
        public static partial void Deleted(ILogger logger, int count, string kind);

        [LoggerMessage(
            1091,
            LogLevel.Error,
            "Rows of {Kind} whose time is over cannot be deleted; it is tried again in a minute."
        )]
        public static partial void SweepFailed(ILogger logger, string kind, Exception exception);
    }
}
