using Integration.Contracts.V1.Events;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Events.Storage;

/// <summary>Where an enterprise's events stand when one of them needs no processing.</summary>
internal static class StreamSteps
{
    /// <summary>An event that was done when it came counts, so that the next one does not wait for it.</summary>
    public static void PassOver(GatewayDb db, EventRow row)
    {
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
