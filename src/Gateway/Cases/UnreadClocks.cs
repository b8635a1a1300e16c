using Integration.Gateway.Clocks.Loading;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>
/// The timer of a clock that cannot be read fails and waits for its hourly repetition. When other calendars hold, the year that
/// was missing may be there: such timers are due at once, also at a start, which may have brought the year in its folder.
/// </summary>
internal sealed partial class UnreadClocks(
    CalendarBoard board,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time,
    ILogger<UnreadClocks> logger
) : BackgroundService
{
    /// <summary>A missing year may keep every open case waiting.</summary>
    private const int Page = 200;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var edition = board.Edition;
                await Wake(stoppingToken);
                await edition.Replaced.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    /// <summary>Until all are due; while the database does not answer it is tried again.</summary>
    private async Task Wake(CancellationToken cancellationToken)
    {
        var now = StoredTime.Of(time.GetUtcNow());
        while (true)
        {
            try
            {
                if (!await WakePage(now, cancellationToken))
                {
                    return;
                }
            }
            catch (Exception reason) when (CommitFailures.Classify(reason) != CommitFailure.Bug)
            {
                Log.NotWoken(logger, reason.GetType().Name);
                await Task.Delay(s_pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Makes some of them due.</summary>
    /// <returns>False: none was left.</returns>
    private async Task<bool> WakePage(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<TimerRow>()
            .Where(row => row.Failures > 0 && row.LastFailure == nameof(ClockNotReadException) && row.DueAt > now)
            .OrderBy(row => row.DueAt)
            .Take(Page)
            .ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return false;
        }

        rows.ForEach(row => row.DueAt = now); // its failures stand until it succeeds
        await db.SaveChangesAsync(cancellationToken);
        Log.Woken(logger, rows.Count);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(
            1634,
            LogLevel.Information,
            "Other calendars hold: {Timers} timers that could not be read are due."
        )]
        public static partial void Woken(ILogger logger, int timers);

        [LoggerMessage(
            1635,
            LogLevel.Warning,
            "Timers that could not be read are not made due yet ({Reason}); it is tried again."
        )]
        public static partial void NotWoken(ILogger logger, string reason);
    }
}
