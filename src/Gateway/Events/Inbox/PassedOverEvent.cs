using Integration.Contracts.V1.Events;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Events.Inbox;

/// <summary>An event that was done when it came counts, so that the next one of its enterprise does not wait for it.</summary>
internal sealed record PassedOverEvent(EventRow Row) : IRowWrite
{
    public void WriteTo(GatewayDb db)
    {
        var row = Row;
        if (row is not { State: EventState.Processed, Sequence: { } sequence })
        {
            return;
        }

        var stream = db.Find<StreamRow>(row.StreamId);
        if (stream is null && sequence == 1)
        {
            db.Add(
                new StreamRow
                {
                    StreamId = row.StreamId,
                    Source = row.Source,
                    CaseId = row.CaseId,
                    LastSequence = sequence,
                }
            );
        }
        else if (stream is not null && stream.LastSequence == sequence - 1)
        {
            stream.LastSequence = sequence;
            stream.Version++;
        }
    }
}
