using Integration.Adapters.Ports;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.CatchUp;

/// <summary>The enterprises and properties of a source of which a number never came, given up or still waited for.</summary>
internal sealed class SequenceGaps(EventContent content, IDbContextFactory<GatewayDb> factory, TimeProvider time)
{
    /// <summary>Those of which nothing came for so long are left alone.</summary>
    private static readonly TimeSpan s_recent = TimeSpan.FromDays(7);

    private const int Page = 1000;

    /// <summary>Case and subject of each gap, and the number after which it begins.</summary>
    public async Task<IReadOnlyList<(string CaseId, EventSubject Subject, long After)>> FindAsync(
        EventSource source,
        CancellationToken cancellationToken
    )
    {
        var since = time.GetUtcNow() - s_recent;
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var numbered = db.Set<EventRow>().Where(row => row.Source == source.Name && row.Sequence != null);
        var recent = numbered.Where(row => row.ReceivedAt >= since).Select(row => row.StreamId);
        var gaps = new List<(string, EventSubject, long)>();
        var last = string.Empty;
        List<string> streams;
        do
        {
            streams = await numbered
                .Where(row => recent.Contains(row.StreamId) && string.Compare(row.StreamId, last) > 0)
                .GroupBy(row => row.StreamId)
                .Where(stream =>
                    stream.Max(row => row.Sequence) > stream.Select(row => row.Sequence).Distinct().Count()
                )
                .OrderBy(stream => stream.Key)
                .Select(stream => stream.Key)
                .Take(Page)
                .ToListAsync(cancellationToken);
            foreach (var streamId in streams)
            {
                if (await GapOfAsync(db, last = streamId, cancellationToken) is { } gap)
                {
                    gaps.Add(gap);
                }
            }
        } while (streams.Count == Page);

        return gaps;
    }

    /// <summary>Null: of none of its events the content is kept, so the source cannot be told whom it is about.</summary>
    private async Task<(string CaseId, EventSubject Subject, long After)?> GapOfAsync(
        GatewayDb db,
        string streamId,
        CancellationToken cancellationToken
    )
    {
        var numbers = await db.Set<EventRow>()
            .Where(row => row.StreamId == streamId && row.Sequence != null)
            .Select(row => row.Sequence!.Value)
            .Distinct()
            .OrderBy(number => number)
            .ToListAsync(cancellationToken);
        if (await StreamSubject.FindAsync(db, content, streamId, cancellationToken) is not { } subject)
        {
            return null;
        }

        var caseId = await db.Set<EventRow>()
            .Where(row => row.StreamId == streamId)
            .Select(row => row.CaseId)
            .FirstAsync(cancellationToken);
        return (caseId, subject, LastBeforeGap(numbers));
    }

    private static long LastBeforeGap(IReadOnlyList<long> numbers)
    {
        var last = 0L;
        foreach (var number in numbers)
        {
            if (number > last + 1)
            {
                return last;
            }

            last = number;
        }

        return last;
    }
}
