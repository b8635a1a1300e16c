using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Inbox;

/// <summary>Which delivered events have a number that the inbox does not believe; see <see cref="SequenceJumps"/>.</summary>
internal static class FarAheadEvents
{
    /// <summary>The events among these whose number is too far ahead. The inbox is asked only where a number is high.</summary>
    public static async Task<IReadOnlySet<ReceivedEvent>> FindAsync(GatewayDb db, IEnumerable<ReadEvent> delivered)
    {
        var numbered = delivered
            .Select(read => read.Content.Succeeded(out var received, out _) ? received : null)
            .OfType<ReceivedEvent>()
            .Where(received => received.Sequence is not null)
            .ToList();
        var streams = numbered
            .Where(received => !SequenceJumps.Follows(received.Sequence!.Value, before: 0))
            .Select(received => received.StreamId)
            .ToHashSet(StringComparer.Ordinal);
        var far = new HashSet<ReceivedEvent>(ReferenceEqualityComparer.Instance);
        foreach (var streamId in streams)
        {
            var ofStream = numbered.Where(received => received.StreamId == streamId).ToList();
            // No number outside of these can be what one of the delivered follows.
            var lowest = ofStream.Min(received => received.Sequence!.Value) - SequenceJumps.Largest - 1;
            var highest = ofStream.Max(received => received.Sequence!.Value);
            var known = await db.Set<EventRow>()
                .Where(row => row.StreamId == streamId && row.Sequence >= lowest && row.Sequence <= highest)
                .Select(row => row.Sequence!.Value)
                .ToListAsync();
            far.UnionWith(SequenceJumps.In(known, ofStream));
        }

        return far;
    }
}
