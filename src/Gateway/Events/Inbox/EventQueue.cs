using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Inbox;

/// <summary>What waits in the inbox, as the worker asks for it: always a bounded number of rows.</summary>
internal sealed class EventQueue(IDbContextFactory<GatewayDb> factory, EventClaims claims, TimeProvider time)
{
    /// <summary>Streams with an event whose time has come and that no node has claimed, the longest waiting first.</summary>
    public async Task<IReadOnlyList<string>> DueAsync(int most, CancellationToken cancellationToken)
    {
        if (claims.AreNeeded && !claims.MayClaim)
        {
            return [];
        }

        var now = time.GetUtcNow();
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await claims
            .Free(db, EventClaims.Undone(db).Where(row => row.NextAttemptAt <= now), now)
            .GroupBy(row => row.StreamId)
            .Select(stream => new { stream.Key, First = stream.Min(row => row.ReceiptId) })
            .OrderBy(stream => stream.First)
            .Take(most)
            .Select(stream => stream.Key)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The event of a stream that is next; null: none waits.</summary>
    public async Task<EventRow?> NextAsync(string streamId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var undone = EventClaims.Undone(db).AsNoTracking().Where(row => row.StreamId == streamId);
        var numbered = await undone
            .Where(row => row.Sequence != null)
            .OrderBy(row => row.Sequence)
            .ThenBy(row => row.ReceiptId)
            .FirstOrDefaultAsync(cancellationToken);
        var unnumbered = await undone
            .Where(row => row.Sequence == null)
            .OrderBy(row => row.ReceiptId)
            .FirstOrDefaultAsync(cancellationToken);
        return StreamRules.Next(numbered, unnumbered);
    }

    /// <summary>How far a stream has come, as one of its events sees it.</summary>
    public async Task<(StreamRow? Row, StreamPosition Position)> PositionAsync(
        EventRow row,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var stream = await db.Set<StreamRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(stream => stream.StreamId == row.StreamId, cancellationToken);
        var position = new StreamPosition(stream?.State ?? StreamState.New, stream?.LastSequence ?? 0);
        if (row.Sequence is not { } number || number == position.LastSequence + 1)
        {
            return (stream, position);
        }

        var numbered = db.Set<EventRow>().Where(other => other.StreamId == row.StreamId && other.Sequence != null);
        if (number <= position.LastSequence)
        {
            position = await BehindAsync(position, number, numbered, cancellationToken);
        }

        return number <= position.LastSequence
            ? (stream, position)
            : (
                stream,
                position with
                {
                    // One that came in this moment is not between: it is next, and this one waits for it.
                    KnownBetween = await numbered
                        .Where(other => other.Sequence > position.LastSequence && other.Sequence < number)
                        .Where(other => other.State == EventState.Processed || other.State == EventState.DeadLetter)
                        .Select(other => other.Sequence)
                        .Distinct()
                        .LongCountAsync(cancellationToken),
                }
            );
    }

    /// <summary>Whether its number was processed; if not, whether the stream has really come past it.</summary>
    private static async Task<StreamPosition> BehindAsync(
        StreamPosition position,
        long number,
        IQueryable<EventRow> numbered,
        CancellationToken cancellationToken
    )
    {
        var processed = await numbered
            .Where(other => other.State == EventState.Processed)
            .Select(other => other.Sequence!.Value)
            .ToListAsync(cancellationToken);
        return processed.Contains(number)
            ? position with
            {
                IsNumberTaken = true,
            }
            : position with
            {
                LastSequence = SequenceJumps.Believed(processed, position.LastSequence),
            };
    }

    /// <summary>
    /// An event and those after it are not looked at before this moment. One that comes before it is, even if it arrives
    /// right now. One conditional statement and no unit of work: it changes when the worker looks and nothing that an event is, and a
    /// deferral that is lost costs a look in vain.
    /// </summary>
    public async Task DeferAsync(EventRow first, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var undone = EventClaims.Undone(db).Where(row => row.StreamId == first.StreamId);
        var after = first.Sequence is { } number
            ? undone.Where(row =>
                row.Sequence >= number || (row.Sequence == null && string.Compare(row.ReceiptId, first.ReceiptId) > 0)
            )
            : undone.Where(row => string.Compare(row.ReceiptId, first.ReceiptId) >= 0);
        await after
            .Where(row => row.NextAttemptAt < until)
            .ExecuteUpdateAsync(row => row.SetProperty(waiting => waiting.NextAttemptAt, until), cancellationToken);
    }
}
