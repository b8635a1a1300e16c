using Integration.Gateway.Clocks.Loading;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases.Deadlines;

/// <summary>
/// The timer of a clock that cannot be read fails and waits for its hourly repetition. When other calendars hold, the year that
/// was missing may be there: such timers are due at once, also at a start, which may have brought the year in its folder.
/// </summary>
internal sealed partial class UnreadClocks(
    CalendarCache calendars,
    EvidenceLog evidence,
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
                var edition = calendars.Edition;
                await WakeAsync(stoppingToken);
                await edition.Replaced.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    /// <summary>Until all are due; while the database does not answer it is tried again.</summary>
    private async Task WakeAsync(CancellationToken cancellationToken)
    {
        var now = StoredTime.From(time.GetUtcNow());
        while (true)
        {
            try
            {
                if (!await WakePageAsync(now, cancellationToken))
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
    private async Task<bool> WakePageAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<TimerRow>()
            .AsNoTracking()
            .Where(row => row.Failures > 0 && row.LastFailure == nameof(ClockNotReadException) && row.DueAt > now)
            .OrderBy(row => row.DueAt)
            .Take(Page)
            .ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return false;
        }

        var unit = new UnitOfWork();
        rows.ForEach(row => unit.Write(new FailedTimerIsDue(row.Kind, row.Key, now)));
        if ((await evidence.CommitAsync(unit, cancellationToken)).Succeeded(out _, out var refusal))
        {
            Log.Woken(logger, rows.Count);
        }
        else if (!refusal.IsConcurrencyConflict)
        {
            Log.NotWoken(logger, refusal.Code);
            await Task.Delay(s_pause, time, cancellationToken);
        }

        return true;
    }

    /// <summary>A timer that has failed is due again; its failures stand until it succeeds.</summary>
    private sealed record FailedTimerIsDue(string Kind, string Key, DateTimeOffset At) : IRowWrite
    {
        public void WriteTo(GatewayDb db)
        {
            if (db.Find<TimerRow>(Kind, Key) is { Failures: > 0 } row && row.DueAt > At)
            {
                row.DueAt = At;
            }
        }
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
