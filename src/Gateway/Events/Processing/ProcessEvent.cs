using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Processing;

/// <summary>
/// Processes one event of the inbox: at most once effective, however often it is tried.
/// <code>
///  inbox row ──(1)──▶ its turn? (pure) ──(2)──▶ waits for an earlier one, which the source is asked for
///                         │
///                         ├──(3)──▶ act ─────▶ one commit: application, case, clocks, event, stream, notices, evidence
///                         ├──(3)──▶ record ──▶ one commit: event, stream, evidence
///                         └──(4)──▶ failed ──▶ tried again, in the end a dead letter
/// </code>
/// </summary>
internal sealed partial class ProcessEvent(
    EventGaps gaps,
    EventContent content,
    ActOnEvent handler,
    OpenTransfer transfer,
    EventResultWriter record,
    FailedEvents failures,
    ILogger<ProcessEvent> logger
)
{
    /// <summary>Gives an event its turn.</summary>
    public async Task<EventOutcome> HandleAsync(EventRow row)
    {
        using var span = EventTelemetry.Source.StartActivity("event turn");
        var context = new EventContext { Row = row, Office = content.OfficeOf(row) };
        try
        {
            // 1 judge
            var (stream, step) = await gaps.JudgeAsync(row);
            context = context with { Stream = stream };

            // 2 wait
            if (step is StreamStep.Wait wait)
            {
                return await gaps.WaitAsync(context, wait);
            }

            // 3 act, or record
            var go = (StreamStep.Go)step;
            context = context with { Missing = go.Missing, Reached = go.Reached };
            var done = go.Move is StreamMove.Do move
                ? await ActAsync(context, move.Act)
                : await record.RecordAsync(context, (StreamMove.Record)go.Move);
            return done.Succeeded(out var what, out var refusal)
                ? Completed(what)
                : await RefusedAsync(context, refusal);
        }
        catch (Exception reason)
        {
            // 4 fail
            return await FailedAsync(context, reason);
        }
    }

    private async Task<Result<EventDone>> ActAsync(EventContext context, EventAct act)
    {
        var (input, _) = await content.ReadAsync(context.Row);
        var opened = context with { Input = input };
        return act switch
        {
            EventAct.Open => await handler.OpenAsync(opened),
            EventAct.Change => await handler.ChangeAsync(opened),
            EventAct.Transfer => await transfer.HandleAsync(opened),
            _ => await handler.WithdrawAsync(opened),
        };
    }

    private static EventOutcome Completed(EventDone done)
    {
        EventTelemetry.CountProcessed(done.Result);
        return new EventOutcome.Completed();
    }

    private async Task<EventOutcome> RefusedAsync(EventContext context, Refusal refusal)
    {
        if (refusal.IsConcurrencyConflict)
        {
            return new EventOutcome.Conflicted();
        }

        return refusal.IsOutage ? new EventOutcome.Unavailable() : await CountAsync(context, refusal.Code);
    }

    private async Task<EventOutcome> FailedAsync(EventContext context, Exception reason)
    {
        switch (CommitFailures.Classify(reason))
        {
            case CommitFailure.Unavailable:
                Log.Interrupted(logger, context.Row.ReceiptId, reason);
                return new EventOutcome.Unavailable();
            case CommitFailure.Overtaken:
                return new EventOutcome.Conflicted();
            default:
                Log.Broken(logger, context.Row.ReceiptId, reason);
                return await CountAsync(context, reason.GetType().Name);
        }
    }

    /// <summary>What cannot be put on record now has not happened yet: the event is tried again as it stands.</summary>
    private async Task<EventOutcome> CountAsync(EventContext context, string failure)
    {
        try
        {
            var counted = await failures.CountAsync(context, failure);
            return counted.Succeeded(out _, out var refusal) ? new EventOutcome.Completed()
                : refusal.IsConcurrencyConflict ? new EventOutcome.Conflicted()
                : new EventOutcome.Unavailable();
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) != CommitFailure.Bug)
        {
            Log.Interrupted(logger, context.Row.ReceiptId, reason);
            return new EventOutcome.Unavailable();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2212, LogLevel.Warning, "Event {ReceiptId} waits until the database can be reached again.")]
        public static partial void Interrupted(ILogger logger, string receiptId, Exception exception);

        [LoggerMessage(2213, LogLevel.Error, "Event {ReceiptId} met a fault of the gateway.")]
        public static partial void Broken(ILogger logger, string receiptId, Exception exception);
    }
}
