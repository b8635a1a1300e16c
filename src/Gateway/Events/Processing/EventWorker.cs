using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Processing;

/// <summary>Takes what waits in the inbox, in order, and has it processed.</summary>
internal sealed partial class EventWorker(
    EventSignal signal,
    ProcessEvent process,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time,
    ILogger<EventWorker> logger
) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ProcessWaiting(stoppingToken)) { }
                await Task.WhenAny(signal.Raised(stoppingToken), Task.Delay(s_look, time, stoppingToken));
            }
            catch (Exception reason) when (!stoppingToken.IsCancellationRequested)
            {
                Log.WorkerFailed(logger, reason);
                await Task.Delay(s_look, time, stoppingToken);
            }
        }
    }

    private async Task<bool> ProcessWaiting(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Set<EventRow>()
            .AsNoTracking()
            .Where(row => row.State == EventState.Received && row.NextAttemptAt <= now)
            .OrderBy(row => row.ReceiptId)
            .Take(16)
            .ToListAsync(cancellationToken);
        foreach (var row in waiting)
        {
            await process.Handle(row, cancellationToken);
        }

        return waiting.Count > 0;
    }

    private static partial class Log
    {
        [LoggerMessage(2200, LogLevel.Error, "The inbox cannot be worked on; it is tried again.")]
        public static partial void WorkerFailed(ILogger logger, Exception exception);
    }
}
