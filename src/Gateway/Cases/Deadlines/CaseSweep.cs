using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases.Deadlines;

/// <summary>
/// Goes through the cases: at every start for clocks that run without a timer, every day also for times that were altered.
/// A case that cannot be read fails the sweep at its end, so that operators see it; the others are swept all the same.
/// </summary>
internal sealed partial class CaseSweep(
    CaseInspector inspect,
    CaseActors actors,
    EvidenceLog evidence,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time,
    ILogger<CaseSweep> logger
) : ITimerHandler, IHostedService
{
    public const string TimerKind = CaseTimers.Sweep;

    /// <summary>Looks for missing timers only.</summary>
    public const string AtStart = "start";

    /// <summary>Looks for everything, and is set again for the next day.</summary>
    public const string Daily = "daily";

    private const int Page = 200;
    private static readonly TimeSpan s_interval = TimeSpan.FromDays(1);

    public string Kind => TimerKind;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var unit = new UnitOfWork();
        unit.SetTimer(TimerKind, AtStart, now);
        unit.AppendIfAbsent(DurableTimer.RowOf(TimerKind, Daily, now + s_interval));
        await CommitAsync(unit, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
    {
        var key = call.Key;
        var unreadable = 0;
        var last = string.Empty;
        while (await CasesAsync(key, last, cancellationToken) is { Count: > 0 } rows)
        {
            last = rows[^1].CaseKey;
            foreach (var row in rows)
            {
                unreadable += await SweepAsync(row, key == Daily, cancellationToken) ? 0 : 1;
            }
        }

        if (unreadable > 0)
        {
            throw new ClockNotReadException($"{unreadable} cases could not be read.");
        }

        return key == Daily ? time.GetUtcNow() + s_interval : null;
    }

    /// <summary>The next page: every open case, or only those without a timer.</summary>
    private async Task<List<CaseRow>> CasesAsync(string key, string after, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var open = db.Set<CaseRow>()
            .AsNoTracking()
            .Where(row => row.ClosedAt == null && string.Compare(row.CaseKey, after) > 0);
        var rows =
            key == Daily
                ? open
                : open.Where(row =>
                    !db.Set<TimerRow>().Any(timer => timer.Kind == CaseTimers.Clock && timer.Key == row.CaseKey)
                );
        return await rows.OrderBy(row => row.CaseKey).Take(Page).ToListAsync(cancellationToken);
    }

    /// <summary>Sweeps one case.</summary>
    /// <returns>False: it cannot be read.</returns>
    private async Task<bool> SweepAsync(CaseRow row, bool isDaily, CancellationToken cancellationToken)
    {
        try
        {
            var found = Case.FromJson(row.File);
            if (isDaily)
            {
                found = await inspect.HandleAsync(row, found, cancellationToken);
            }

            await ArmAsync(row.CaseKey, found, cancellationToken);
            return true;
        }
        catch (Exception reason) when (reason is System.Text.Json.JsonException or InvalidOperationException)
        {
            Log.CaseNotRead(logger, row.CaseKey, reason);
            return false;
        }
    }

    /// <summary>Sets the timer of a case that has none although a clock runs.</summary>
    private async Task ArmAsync(string key, Case found, CancellationToken cancellationToken)
    {
        var actor = actors.For(found, CaseActor.Gateway);
        if (
            CaseReading.NextLook(found, actor.Clock, actor.At) is not { } next
            || await HasTimerAsync(key, cancellationToken)
        )
        {
            return;
        }

        var unit = new UnitOfWork();
        unit.AppendIfAbsent(DurableTimer.RowOf(CaseTimers.Clock, key, next)); // another node may set it at the same moment
        await CommitAsync(unit, cancellationToken);
        Log.Armed(logger, key, next);
        await DisarmIfEndedAsync(key, cancellationToken);
    }

    private async Task<bool> HasTimerAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<TimerRow>()
            .AnyAsync(row => row.Kind == CaseTimers.Clock && row.Key == key, cancellationToken);
    }

    /// <summary>A case that ended while it was swept needs no timer, and no later step of it would take the timer away.</summary>
    private async Task DisarmIfEndedAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        if (await db.Set<CaseRow>().AnyAsync(row => row.CaseKey == key && row.ClosedAt != null, cancellationToken))
        {
            var unit = new UnitOfWork();
            unit.SetTimer(CaseTimers.Clock, key, dueAt: null);
            await CommitAsync(unit, cancellationToken);
        }
    }

    /// <summary>Commits timers; on a conflict another node was faster, and they are set.</summary>
    /// <exception cref="ClockNotReadException">They cannot be committed now.</exception>
    private async Task CommitAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        if (
            !(await evidence.CommitAsync(unit, cancellationToken)).Succeeded(out _, out var refusal)
            && !refusal.IsConcurrencyConflict
        )
        {
            throw new ClockNotReadException(refusal.Title);
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
