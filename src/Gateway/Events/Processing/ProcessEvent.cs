using Integration.Gateway.Events.Acceptance;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Evidence;
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
    ActOnEvent act,
    OpenTransfer transfer,
    RecordEvent record,
    FailedEvents failures,
    TimeProvider time,
    ILogger<ProcessEvent> logger
)
{
    /// <summary>Gives an event its turn.</summary>
    public async Task<TurnEnd> Handle(EventRow row)
    {
        using var span = EventTelemetry.Source.StartActivity("event turn");
        var turn = new EventTurn(row, Stream: null);
        try
        {
            // 1 judge
            var (stream, step) = await gaps.Judge(row);
            turn = turn with { Stream = stream };

            // 2 wait
            if (step is StreamStep.Wait wait)
            {
                return await gaps.Wait(turn, wait);
            }

            // 3 act, or record
            var go = (StreamStep.Go)step;
            turn = turn with { Missing = go.Missing, Reached = go.Reached };
            var done = go.Move is StreamMove.Do move ? await Act(turn, move.Act) : await Record(turn, go.Move);
            return done.Succeeded(out var what, out var refusal) ? Over(what) : await Refused(turn, refusal);
        }
        catch (Exception reason)
        {
            // 4 fail
            return await Failed(turn, reason);
        }
    }

    private async Task<Result<EventDone>> Act(EventTurn turn, EventAct what)
    {
        var (input, source) = await content.Of(turn.Row);
        var work = new EventWork
        {
            Row = turn.Row,
            Input = input,
            Source = source,
            Stream = turn.Stream,
            Done = done => turn.Done(done, isActedOn: true, time.GetUtcNow()),
        };
        return what switch
        {
            EventAct.Open => await act.Open(work),
            EventAct.Change => await act.Change(work),
            EventAct.Transfer => await transfer.Handle(work),
            _ => await act.Withdraw(work),
        };
    }

    private Task<Result<EventDone>> Record(EventTurn turn, StreamMove move) =>
        record.Result(turn, (StreamMove.Record)move);

    private static TurnEnd Over(EventDone done)
    {
        EventTelemetry.CountProcessed(done.Result);
        return new TurnEnd.Over();
    }

    private async Task<TurnEnd> Refused(EventTurn turn, Refusal refusal)
    {
        if (ReferenceEquals(refusal, Refusal.Overtaken))
        {
            return new TurnEnd.Overtaken();
        }

        return IsOutage(refusal) ? new TurnEnd.Interrupted() : await Count(turn, refusal.Code);
    }

    private static bool IsOutage(Refusal refusal) =>
        ReferenceEquals(refusal, Refusal.EvidenceUnavailable) || ReferenceEquals(refusal, Refusal.Unavailable);

    private async Task<TurnEnd> Failed(EventTurn turn, Exception reason)
    {
        switch (CommitFailures.Classify(reason))
        {
            case CommitFailure.Unavailable:
                Log.Interrupted(logger, turn.Row.ReceiptId, reason);
                return new TurnEnd.Interrupted();
            case CommitFailure.Overtaken:
                return new TurnEnd.Overtaken();
            default:
                Log.Broken(logger, turn.Row.ReceiptId, reason);
                return await Count(turn, reason.GetType().Name);
        }
    }

    /// <summary>What cannot be put on record now has not happened yet: the event is tried again as it stands.</summary>
    private async Task<TurnEnd> Count(EventTurn turn, string failure)
    {
        try
        {
            var noted = await failures.Note(turn, failure);
            return noted.Succeeded(out _, out var refusal) ? new TurnEnd.Over()
                : ReferenceEquals(refusal, Refusal.Overtaken) ? new TurnEnd.Overtaken()
                : new TurnEnd.Interrupted();
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) != CommitFailure.Bug)
        {
            Log.Interrupted(logger, turn.Row.ReceiptId, reason);
            return new TurnEnd.Interrupted();
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
