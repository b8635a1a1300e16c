using System.Diagnostics;
using System.Diagnostics.Metrics;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Integration.Gateway.Platform.Timers;

/// <summary>A timer is due: read the row, run its handler, end the timer. Retries are the scheduler's.</summary>
[DisallowConcurrentExecution]
[RetryPolicy(4, "00:00:02", 3)]
internal sealed partial class TimerJob(
    IDbContextFactory<GatewayDb> factory,
    IEnumerable<ITimerHandler> handlers,
    TimeProvider time,
    ILogger<TimerJob> logger
) : IJob, ITriggerListener
{
    public const string TelemetryName = "Integration.Timers";
    public const string KindKey = "kind";
    public const string KeyKey = "key";

    /// <summary>Clocks of two nodes may differ by this much without a timer being taken for one that was moved.</summary>
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_pauseAfterRetries = TimeSpan.FromHours(1);
    private static readonly ActivitySource s_source = new(TelemetryName);
    private static readonly Meter s_meter = new(TelemetryName);
    private static readonly Counter<long> s_runs = s_meter.CreateCounter<long>("integration.timers.runs", "{run}");

    private readonly Dictionary<string, ITimerHandler> _handlers = handlers.ToDictionary(
        handler => handler.Kind,
        StringComparer.Ordinal
    );

    public string Name => nameof(TimerJob);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var (kind, key) = NamesOf(context);
        if (await DueAt(kind, key, cancellationToken) is not { } due || due > time.GetUtcNow() + s_tolerance)
        {
            return; // unset, or moved: the trigger of the new time comes later
        }

        using var span = s_source.StartActivity($"timer {kind}", ActivityKind.Internal, parentId: null);
        try
        {
            await HandlerOf(kind).Handle(key, cancellationToken);
            await End(kind, key, due, cancellationToken);
            Count(kind, "done");
        }
        catch (Exception reason) when (reason is not OperationCanceledException)
        {
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", reason.GetType().Name);
            Count(kind, "failed");
            Log.TimerFailed(logger, kind, key, reason);
            throw;
        }
    }

    public async ValueTask TriggerRetriesExhausted(
        ITrigger trigger,
        IJobExecutionContext context,
        JobExecutionException jobException,
        CancellationToken cancellationToken = default
    )
    {
        var (kind, key) = NamesOf(context);
        var next = time.GetUtcNow() + s_pauseAfterRetries;
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        if (await db.FindAsync<TimerRow>([kind, key], cancellationToken) is not { } row)
        {
            return;
        }

        row.DueAt = StoredTime.Of(next);
        row.Failures++;
        row.LastFailure = jobException.GetBaseException().GetType().Name;
        await db.SaveChangesAsync(cancellationToken);
        Count(kind, "exhausted");
        Log.Exhausted(logger, kind, key, row.Failures, next);
    }

    private static (string Kind, string Key) NamesOf(IJobExecutionContext context) =>
        (context.MergedJobDataMap.GetString(KindKey)!, context.MergedJobDataMap.GetString(KeyKey)!);

    private static void Count(string kind, string outcome) =>
        s_runs.Add(
            1,
            new KeyValuePair<string, object?>("kind", kind),
            new KeyValuePair<string, object?>("outcome", outcome)
        );

    private ITimerHandler HandlerOf(string kind) =>
        _handlers.GetValueOrDefault(kind)
        ?? throw new InvalidOperationException($"No handler for timers of kind '{kind}'.");

    private async Task<DateTimeOffset?> DueAt(string kind, string key, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<TimerRow>()
            .Where(row => row.Kind == kind && row.Key == key)
            .Select(row => (DateTimeOffset?)row.DueAt)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Ends the timer unless the handler moved it.</summary>
    private async Task End(string kind, string key, DateTimeOffset due, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        await db.Set<TimerRow>()
            .Where(row => row.Kind == kind && row.Key == key && row.DueAt == due)
            .ExecuteDeleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1020, LogLevel.Warning, "Timer {Kind} {Key} failed; it is tried again.")]
        public static partial void TimerFailed(ILogger logger, string kind, string key, Exception exception);

        [LoggerMessage(
            1021,
            LogLevel.Error,
            "Timer {Kind} {Key} failed {Failures} rounds of retries; the next is at {Next}."
        )]
        public static partial void Exhausted(
            ILogger logger,
            string kind,
            string key,
            int failures,
            DateTimeOffset next
        );
    }
}
