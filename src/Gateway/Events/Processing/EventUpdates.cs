using Integration.Contracts.V1.Events;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Processing;

/// <summary>The rows that the turn of an event changes. A commit of them is a concurrency conflict when another node was faster.</summary>
internal static class EventUpdates
{
    /// <summary>It is processed: the stream moves on.</summary>
    /// <param name="unit">What is committed.</param>
    /// <param name="context">The event.</param>
    /// <param name="done">What came of it.</param>
    /// <param name="isActedOn">Whether something was done; false: it stands on record only.</param>
    /// <param name="now">When.</param>
    public static void Complete(
        UnitOfWork unit,
        EventContext context,
        EventDone done,
        bool isActedOn,
        DateTimeOffset now
    )
    {
        unit.Write(
            Change(
                context.Row,
                EventState.Processed,
                row =>
                {
                    row.Result = done.Result;
                    row.ApplicationId = isActedOn ? done.ApplicationId : null;
                    row.ProcessedAt = now;
                    row.LastFailure = null;
                    row.History = EventHistory.Append(
                        row.History,
                        [.. Waited(context, now), Entry(now, EventHistory.Processed, done.Result)]
                    );
                }
            )
        );
        MoveStream(unit, context, done, isActedOn);
        unit.Write(new WokenStream(context.Row.StreamId, now));
    }

    /// <summary>It waits for an earlier one.</summary>
    public static void Wait(UnitOfWork unit, EventContext context, StreamStep.Wait wait, DateTimeOffset now) =>
        unit.Write(
            Change(
                context.Row,
                EventState.WaitingForEarlier,
                row =>
                {
                    row.NextAttemptAt = wait.Until;
                    row.History = EventHistory.Append(
                        row.History,
                        Entry(now, EventHistory.Waiting, $"{wait.Missing} missing")
                    );
                }
            )
        );

    /// <summary>It failed and is tried again.</summary>
    public static void Retry(
        UnitOfWork unit,
        EventContext context,
        string failure,
        DateTimeOffset next,
        DateTimeOffset now
    ) =>
        unit.Write(
            Change(
                context.Row,
                EventState.Received,
                row =>
                {
                    row.Attempts++;
                    row.LastFailure = failure;
                    row.NextAttemptAt = next;
                    row.History = EventHistory.Append(row.History, Entry(now, EventHistory.Failed, failure));
                }
            )
        );

    /// <summary>It failed for good; the stream goes on without it.</summary>
    public static void DeadLetter(UnitOfWork unit, EventContext context, string failure, DateTimeOffset now) =>
        unit.Write(
            Change(
                context.Row,
                EventState.DeadLetter,
                row =>
                {
                    row.Attempts++;
                    row.LastFailure = failure;
                    row.History = EventHistory.Append(row.History, Entry(now, EventHistory.DeadLetter, failure));
                }
            )
        );

    /// <summary>Operators have a dead letter processed again.</summary>
    public static IRowWrite Release(EventRow dead, DateTimeOffset now) =>
        Change(
            dead,
            EventState.Received,
            row =>
            {
                row.Attempts = 0;
                row.NextAttemptAt = now;
                row.History = EventHistory.Append(row.History, Entry(now, EventHistory.Released));
            }
        );

    private static EventHistoryEntry Entry(DateTimeOffset now, string what, string? detail = null) =>
        new(ChinaTime.In(now), what, detail);

    private static IEnumerable<EventHistoryEntry> Waited(EventContext context, DateTimeOffset now)
    {
        if (context.Missing is { } gap)
        {
            yield return Entry(now, EventHistory.GapGivenUp, $"{gap} missing");
        }
        else if (context.Row.State == EventState.WaitingForEarlier)
        {
            yield return Entry(now, EventHistory.CaughtUp);
        }
    }

    private static UpdatedRow<EventRow> Change(EventRow judged, EventState state, Action<EventRow> change) =>
        new(
            judged.ReceiptId,
            judged.Version,
            row =>
            {
                row.State = state;
                change(row);
            }
        );

    private static void MoveStream(UnitOfWork unit, EventContext context, EventDone done, bool isActedOn)
    {
        if (context.Stream is { } known)
        {
            unit.Update<StreamRow>(known.StreamId, known.Version, Move);
            return;
        }

        var begun = new StreamRow
        {
            StreamId = context.Row.StreamId,
            Source = context.Row.Source,
            CaseId = context.Row.CaseId,
            Version = 1,
        };
        Move(begun);
        unit.Add(begun);

        void Move(StreamRow stream)
        {
            stream.State = done.State;
            stream.LastSequence = context.Reached;
            if (isActedOn)
            {
                (stream.ApplicationId, stream.ReceiptId) = (done.ApplicationId, context.Row.ReceiptId);
            }
        }
    }

    /// <summary>
    /// Those that waited are looked at again, in the same commit: a node that dies right after it must not leave them to
    /// their patience.
    /// </summary>
    private sealed record WokenStream(string StreamId, DateTimeOffset At) : IRowWrite
    {
        public void WriteTo(GatewayDb db) =>
            db.Set<EventRow>()
                .Where(row => row.StreamId == StreamId && row.State == EventState.WaitingForEarlier)
                .ExecuteUpdate(row => row.SetProperty(waiting => waiting.NextAttemptAt, At));
    }
}
