using Integration.Adapters.Ports;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Timers;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.CatchUp;

/// <summary>Asks a source every night for what we lack since the last sweep, and for the gaps of its streams.</summary>
internal sealed partial class SweepTimer(
    EventSources sources,
    SourceCatchUp ask,
    SequenceGaps gaps,
    EvidenceLog log,
    IOptions<EventOptions> options,
    TimeProvider time,
    ILogger<SweepTimer> logger
) : ITimerHandler
{
    public const string TimerKind = "event-sweep";

    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(15);

    public string Kind => TimerKind;

    /// <inheritdoc />
    public async Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
    {
        var sweep = SweepKey.Parse(call.Key);
        if (sources.All.FirstOrDefault(source => SweepKey.HashOf(source) == sweep.SourceHash) is not { } source)
        {
            Log.SourceGone(logger, call.Key);
            return null;
        }

        var at = options.Value.Processing.SweepTime;
        var isDone =
            await ask.AskAsync(source, MissedEventsQuestion.All(source.Name, sweep.Since(at)), caseId: null)
            && await AskForGapsAsync(source, cancellationToken);
        var now = time.GetUtcNow();
        var following = SweepKey.Next(source, at, now);
        var due = isDone ? following.DueAt(at) : now + s_pause;
        Log.Swept(logger, source.Name, isDone, due);
        if (!isDone)
        {
            return due;
        }

        var unit = new UnitOfWork();
        unit.SetTimer(TimerKind, following.ToString(), due);
        return (await log.CommitAsync(unit, cancellationToken)).Succeeded(out _, out var refusal)
            ? null // the next sweep is another timer: its key says since when
            : throw new InvalidOperationException($"The next sweep could not be set ({refusal.Code}).");
    }

    private async Task<bool> AskForGapsAsync(EventSource source, CancellationToken cancellationToken)
    {
        var isDone = true;
        foreach (var gap in await gaps.FindAsync(source, cancellationToken))
        {
            var question = MissedEventsQuestion.Create(source.Name, gap.Subject, gap.After);
            isDone &= await ask.AskAsync(source, question, gap.CaseId);
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
