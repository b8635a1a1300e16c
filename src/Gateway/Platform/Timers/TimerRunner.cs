using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Integration.Gateway.Platform.Timers;

/// <summary>Runs the handler of a timer that is due, and says what becomes of the timer.</summary>
internal sealed partial class TimerRunner(
    TimerClaims claims,
    IEnumerable<ITimerHandler> handlers,
    TimeProvider time,
    ILogger<TimerRunner> logger
)
{
    public const string TelemetryName = "Integration.Timers";

    private static readonly TimeSpan[] s_retryPauses =
    [
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(6),
        TimeSpan.FromSeconds(18),
        TimeSpan.FromSeconds(54),
    ];

    private static readonly TimeSpan s_pauseAfterRetries = TimeSpan.FromHours(1);
    private static readonly ActivitySource s_source = new(TelemetryName);
    private static readonly Meter s_meter = new(TelemetryName);
    private static readonly Counter<long> s_runs = s_meter.CreateCounter<long>("integration.timers.runs", "{run}");

    private readonly Dictionary<string, ITimerHandler> _handlers = handlers.ToDictionary(
        handler => handler.Kind,
        StringComparer.Ordinal
    );

    /// <summary>Runs one.</summary>
    /// <exception cref="Exception">What becomes of the timer could not be stored; it stays due.</exception>
    public async Task RunAsync(TimerRow row, CancellationToken stoppingToken)
    {
        using var span = s_source.StartActivity($"timer {row.Kind}", ActivityKind.Internal, parentId: null);
        try
        {
            var now = time.GetUtcNow();
            var call = new TimerCall(row.Key, row.DueAt > now ? row.DueAt : now);
            await claims.SettleAsync(row, await HandlerOf(row.Kind).HandleAsync(call, stoppingToken));
            Count(row.Kind, "done");
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await claims.ReleaseAsync(row);
        }
        catch (Exception reason)
        {
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", reason.GetType().Name);
            Count(row.Kind, "failed");
            Log.TimerFailed(logger, row.Kind, row.Key, reason);
            await RetryAsync(row, reason);
        }
    }

    private static void Count(string kind, string outcome) =>
        s_runs.Add(
            1,
            new KeyValuePair<string, object?>("kind", kind),
            new KeyValuePair<string, object?>("outcome", outcome)
        );

    private ITimerHandler HandlerOf(string kind) =>
        _handlers.GetValueOrDefault(kind)
        ?? throw new InvalidOperationException($"No handler for timers of kind '{kind}'.");

    private async Task RetryAsync(TimerRow row, Exception reason)
    {
        if (row.Retries < s_retryPauses.Length)
        {
            var soon = time.GetUtcNow() + s_retryPauses[row.Retries];
            await claims.RetryAsync(row, soon, row.Retries + 1, row.Failures, row.LastFailure);
            return;
        }

        var next = time.GetUtcNow() + s_pauseAfterRetries;
        var failures = row.Failures + 1;
        await claims.RetryAsync(row, next, retries: 0, failures, reason.GetBaseException().GetType().Name);
        Count(row.Kind, "exhausted");
        Log.Exhausted(logger, row.Kind, row.Key, failures, next);
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
