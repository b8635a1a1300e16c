using Integration.Adapters.Ports;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.CatchUp;

/// <summary>Asks a source every night for what we lack since the last sweep, and for the gaps of its enterprises.</summary>
internal sealed partial class SweepTimer(
    EventSources sources,
    AskSource ask,
    SequenceGaps gaps,
    IDbContextFactory<GatewayDb> factory,
    IOptions<EventOptions> options,
    TimeProvider time,
    ILogger<SweepTimer> logger
) : ITimerHandler
{
    public const string TimerKind = "event-sweep";

    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(15);

    public string Kind => TimerKind;

    /// <inheritdoc />
    public async Task Handle(string key, CancellationToken cancellationToken)
    {
        var sweep = SweepKey.Parse(key);
        if (sources.All.FirstOrDefault(source => SweepKey.HashOf(source) == sweep.SourceHash) is not { } source)
        {
            Log.SourceGone(logger, key);
            return;
        }

        var at = options.Value.Processing.SweepTime;
        var isDone =
            await ask.Ask(source, MissedEventsQuestion.All(source.Name, sweep.Since(at)), caseId: null)
            && await AskForGaps(source, cancellationToken);
        var now = time.GetUtcNow();
        var (next, due) = isDone ? Following(source, at, now) : (key, now + s_pause);
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        DurableTimer.Schedule(db, TimerKind, next, due);
        await db.SaveChangesAsync(cancellationToken);
        Log.Swept(logger, source.Name, isDone, due);
    }

    private static (string Key, DateTimeOffset Due) Following(EventSource source, TimeOnly at, DateTimeOffset now)
    {
        var next = SweepKey.Next(source, at, now);
        return (next.ToString(), next.DueAt(at));
    }

    private async Task<bool> AskForGaps(EventSource source, CancellationToken cancellationToken)
    {
        var isDone = true;
        foreach (var gap in await gaps.Of(source, cancellationToken))
        {
            var question = MissedEventsQuestion.Of(source.Name, gap.Enterprise, gap.After);
            isDone &= await ask.Ask(source, question, gap.CaseId);
        }

        return isDone;
    }

    private static partial class Log
    {
        [LoggerMessage(
            2232,
            LogLevel.Information,
            "{Source} was asked for what we lack (done: {IsDone}); next at {Next}."
        )]
        public static partial void Swept(ILogger logger, string source, bool isDone, DateTimeOffset next);

        [LoggerMessage(2233, LogLevel.Warning, "The sweep {Key} ends: its source is not in the settings any more.")]
        public static partial void SourceGone(ILogger logger, string key);
    }
}
