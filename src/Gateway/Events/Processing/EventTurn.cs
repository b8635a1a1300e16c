using Integration.Contracts.V1.Events;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Acceptance;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Processing;

/// <summary>One event whose turn it is, and the rows that its end changes: they fail when somebody else was faster.</summary>
/// <param name="Row">The event as it was judged.</param>
/// <param name="Stream">How far the enterprise's events have come; null: this is the first.</param>
/// <param name="Missing">What was waited for in vain; null: nothing.</param>
/// <param name="Reached">The highest number that the stream has come to with it.</param>
internal sealed record EventTurn(EventRow Row, StreamRow? Stream, SequenceGap? Missing = null, long Reached = 0)
{
    public override string ToString() => $"turn of {Row.ReceiptId}";

    /// <summary>Processed: the stream moves on.</summary>
    /// <param name="done">What came of it.</param>
    /// <param name="isActedOn">Whether something was done; false: it stands on record only.</param>
    /// <param name="now">When.</param>
    public Action<GatewayDb> Done(EventDone done, bool isActedOn, DateTimeOffset now) =>
        db =>
        {
            var row = Changed(db, EventState.Processed);
            row.Result = done.Result;
            row.ApplicationId = isActedOn ? done.ApplicationId : null;
            row.ProcessedAt = now;
            row.LastFailure = null;
            row.History = EventHistory.Append(
                row.History,
                [.. Waited(now), Entry(now, EventHistory.Processed, done.Result)]
            );
            MoveOn(db, done, isActedOn, now);
        };

    /// <summary>Waits for an earlier one.</summary>
    public void Waits(GatewayDb db, StreamStep.Wait wait, DateTimeOffset now)
    {
        var row = Changed(db, EventState.WaitingForEarlier);
        row.NextAttemptAt = wait.Until;
        row.History = EventHistory.Append(row.History, Entry(now, EventHistory.Waiting, $"{wait.Missing} missing"));
    }

    /// <summary>Failed; tried again.</summary>
    public void Failed(GatewayDb db, string failure, DateTimeOffset next, DateTimeOffset now)
    {
        var row = Changed(db, EventState.Received);
        row.Attempts++;
        row.LastFailure = failure;
        row.NextAttemptAt = next;
        row.History = EventHistory.Append(row.History, Entry(now, EventHistory.Failed, failure));
    }

    /// <summary>Failed for good; the stream goes on without it.</summary>
    public void DeadLetter(GatewayDb db, string failure, DateTimeOffset now)
    {
        var row = Changed(db, EventState.DeadLetter);
        row.Attempts++;
        row.LastFailure = failure;
        row.History = EventHistory.Append(row.History, Entry(now, EventHistory.DeadLetter, failure));
    }

    /// <summary>Operators have it processed again.</summary>
    public void Released(GatewayDb db, DateTimeOffset now)
    {
        var row = Changed(db, EventState.Received);
        row.Attempts = 0;
        row.NextAttemptAt = now;
        row.History = EventHistory.Append(row.History, Entry(now, EventHistory.Released));
    }

    private static EventHistoryEntry Entry(DateTimeOffset now, string what, string? detail = null) =>
        new(ChinaTime.In(now), what, detail);

    private IEnumerable<EventHistoryEntry> Waited(DateTimeOffset now)
    {
        if (Missing is { } gap)
        {
            yield return Entry(now, EventHistory.GapGivenUp, $"{gap} missing");
        }
        else if (Row.State == EventState.WaitingForEarlier)
        {
            yield return Entry(now, EventHistory.CaughtUp);
        }
    }

    private EventRow Changed(GatewayDb db, EventState state)
    {
        var row =
            db.Find<EventRow>(Row.ReceiptId)
            ?? throw new InvalidOperationException("An event is gone from the inbox; none is ever deleted.");
        db.Entry(row).Property(stored => stored.Version).OriginalValue = Row.Version;
        row.Version = Row.Version + 1;
        row.State = state;
        return row;
    }

    /// <summary>
    /// Those that waited are looked at again, in the same commit: a node that dies right after it must not leave them to
    /// their patience.
    /// </summary>
    private void WakeWaiting(GatewayDb db, DateTimeOffset now) =>
        db.Set<EventRow>()
            .Where(row => row.StreamId == Row.StreamId && row.State == EventState.WaitingForEarlier)
            .ExecuteUpdate(row => row.SetProperty(waiting => waiting.NextAttemptAt, now));

    private void MoveOn(GatewayDb db, EventDone done, bool isActedOn, DateTimeOffset now)
    {
        var stream = Stream is { } known ? Found(db, known) : New(db);
        stream.State = done.State;
        stream.LastSequence = Reached;
        stream.Version = (Stream?.Version ?? 0) + 1;
        WakeWaiting(db, now);
        if (isActedOn)
        {
            (stream.ApplicationId, stream.ReceiptId) = (done.ApplicationId, Row.ReceiptId);
        }
    }

    private static StreamRow Found(GatewayDb db, StreamRow known)
    {
        var stream =
            db.Find<StreamRow>(known.StreamId)
            ?? throw new InvalidOperationException("A stream of events is gone; none is ever deleted.");
        db.Entry(stream).Property(stored => stored.Version).OriginalValue = known.Version;
        return stream;
    }

    private StreamRow New(GatewayDb db)
    {
        var stream = new StreamRow
        {
            StreamId = Row.StreamId,
            Source = Row.Source,
            CaseId = Row.CaseId,
        };
        db.Add(stream);
        return stream;
    }
}
