using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.CatchUp;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Evidence;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Processing;

/// <summary>Finds out whether it is an event's turn, and has one wait that came too early.</summary>
internal sealed partial class EventGaps(
    EventQueue queue,
    EvidenceLog log,
    IOptions<EventOptions> options,
    TimeProvider time,
    ILogger<EventGaps> logger
)
{
    /// <summary>How far the stream of an event has come, and what is done with the event now.</summary>
    public async Task<(StreamRow? Stream, StreamStep Step)> JudgeAsync(EventRow row)
    {
        var (stream, position) = await queue.PositionAsync(row, CancellationToken.None);
        var patience = TimeSpan.FromMinutes(options.Value.Processing.PatienceMinutes);
        return (stream, StreamRules.Judge(position, row, time.GetUtcNow(), patience));
    }

    /// <summary>Marks the event as waiting, once, and has its source asked for the missing one.</summary>
    public async Task<EventOutcome> WaitAsync(EventContext context, StreamStep.Wait wait)
    {
        if (context.Row.State != EventState.WaitingForEarlier)
        {
            var unit = new UnitOfWork();
            var now = time.GetUtcNow();
            EventUpdates.Wait(unit, context, wait, now);
            unit.SetTimer(CatchUpTimer.TimerKind, context.Row.StreamId, now);
            if (!(await log.CommitAsync(unit, CancellationToken.None)).Succeeded(out _, out var refusal))
            {
                return refusal.IsConcurrencyConflict ? new EventOutcome.Conflicted() : new EventOutcome.Unavailable();
            }

            EventTelemetry.Gaps.Add(1);
            Log.Waits(logger, context.Row.ReceiptId, wait.Missing.ToString(), wait.Until);
        }

        return new EventOutcome.Deferred(wait.Until);
    }

    private static partial class Log
    {
        [LoggerMessage(2220, LogLevel.Warning, "Event {ReceiptId} waits for {Missing} of its stream until {Until}.")]
        public static partial void Waits(ILogger logger, string receiptId, string missing, DateTimeOffset until);
    }
}
