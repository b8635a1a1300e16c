using Integration.Gateway.Cases.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>
/// Goes through the cases: at every start for clocks that run without a timer, every day also for times that were altered.
/// A case that cannot be read fails the sweep at its end, so that operators see it; the others are swept all the same.
/// </summary>
internal sealed partial class CaseSweep(
    InspectCase inspect,
    CaseActors actors,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time,
    ILogger<CaseSweep> logger
) : ITimerHandler, IHostedService
{
    public const string TimerKind = "case-sweep";

    /// <summary>Looks for missing timers only.</summary>
    public const string AtStart = "start";

    /// <summary>Looks for everything, and is set again for the next day.</summary>
    public const string Daily = "daily";

    private const int Page = 200;
    private static readonly TimeSpan s_interval = TimeSpan.FromDays(1);

    public string Kind => TimerKind;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        DurableTimer.Schedule(db, TimerKind, AtStart, now);
        if (await db.FindAsync<TimerRow>([TimerKind, Daily], cancellationToken) is null)
        {
            DurableTimer.Schedule(db, TimerKind, Daily, now + s_interval);
        }

        await Save(db, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task Handle(string key, CancellationToken cancellationToken)
    {
        var unreadable = 0;
        var last = string.Empty;
        while (await Cases(key, last, cancellationToken) is { Count: > 0 } rows)
        {
            last = rows[^1].CaseKey;
            foreach (var row in rows)
            {
                unreadable += await Sweep(row, key == Daily, cancellationToken) ? 0 : 1;
            }
        }

        if (unreadable > 0)
        {
            throw new ClockNotReadException($"{unreadable} cases could not be read.");
        }

        if (key == Daily)
        {
            await using var db = await factory.CreateDbContextAsync(cancellationToken);
            DurableTimer.Schedule(db, TimerKind, Daily, time.GetUtcNow() + s_interval);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>The next page: every open case, or only those without a timer.</summary>
    private async Task<List<CaseRow>> Cases(string key, string after, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var open = db.Set<CaseRow>()
            .AsNoTracking()
            .Where(row => row.ClosedAt == null && string.Compare(row.CaseKey, after) > 0);
        var rows =
            key == Daily
                ? open
                : open.Where(row =>
                    !db.Set<TimerRow>().Any(timer => timer.Kind == ClockWatch.TimerKind && timer.Key == row.CaseKey)
                );
        return await rows.OrderBy(row => row.CaseKey).Take(Page).ToListAsync(cancellationToken);
    }

    /// <summary>Sweeps one case.</summary>
    /// <returns>False: it cannot be read.</returns>
    private async Task<bool> Sweep(CaseRow row, bool isDaily, CancellationToken cancellationToken)
    {
        try
        {
            var file = CaseFile.FromJson(row.File);
            if (isDaily)
            {
                file = await inspect.Handle(row, file, cancellationToken);
            }

            await Arm(row.CaseKey, file, cancellationToken);
            return true;
        }
        catch (Exception reason) when (reason is System.Text.Json.JsonException or InvalidOperationException)
        {
            Log.CaseNotRead(logger, row.CaseKey, reason);
            return false;
        }
    }

    /// <summary>Sets the timer of a case that has none although a clock runs.</summary>
    private async Task Arm(string key, CaseFile file, CancellationToken cancellationToken)
    {
        var actor = actors.Of(file, CaseActor.Gateway);
        if (CaseReading.NextLook(file, actor.Clock, actor.At) is not { } next)
        {
            return;
        }

        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        if (await db.FindAsync<TimerRow>([ClockWatch.TimerKind, key], cancellationToken) is null)
        {
            DurableTimer.Schedule(db, ClockWatch.TimerKind, key, next);
            if (await Save(db, cancellationToken))
            {
                Log.Armed(logger, key, next);
                await DisarmIfEnded(db, key, cancellationToken);
            }
        }
    }

    /// <summary>A case that ended while it was swept needs no timer, and nobody would take it away any more.</summary>
    private static async Task DisarmIfEnded(GatewayDb db, string key, CancellationToken cancellationToken)
    {
        if (await db.Set<CaseRow>().AnyAsync(row => row.CaseKey == key && row.ClosedAt != null, cancellationToken))
        {
            DurableTimer.Cancel(db, ClockWatch.TimerKind, key);
            await Save(db, cancellationToken);
        }
    }

    /// <summary>Saves a timer.</summary>
    /// <returns>False: another node was faster, and the timer is set.</returns>
    private static async Task<bool> Save(GatewayDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException reason)
            when (Evidence.CommitFailures.Classify(reason) == Evidence.CommitFailure.Overtaken)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1632, LogLevel.Warning, "Case {CaseKey} had clocks and no timer; it is set for {Next}.")]
        public static partial void Armed(ILogger logger, string caseKey, DateTimeOffset next);

        [LoggerMessage(1633, LogLevel.Error, "Case {CaseKey} cannot be read.")]
        public static partial void CaseNotRead(ILogger logger, string caseKey, Exception exception);
    }
}
