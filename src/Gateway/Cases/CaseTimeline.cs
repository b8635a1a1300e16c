using Integration.Contracts.V1.Cases;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>Everything that happened in a case, page by page: its evidence, and what flows and capabilities know besides.</summary>
internal sealed class CaseTimeline(IEnumerable<ICaseHistory> histories, IDbContextFactory<GatewayDb> factory)
{
    /// <summary>Most entries of one page.</summary>
    public const int Longest = 1000;

    private const string Event = "event";

    /// <summary>The newest entries before a place.</summary>
    /// <param name="found">The case.</param>
    /// <param name="eventsOf">Only the events of this client; null: everything.</param>
    /// <param name="before">The place; null: the end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TimelinePage<TimelineEntry>> PageAsync(
        Case found,
        string? eventsOf,
        TimelinePlace? before,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.EvidenceOf(found.CallerId, found.CaseId)
            .WithoutLooks()
            .Where(row => eventsOf == null || (row.Kind == Event && row.CallerId == eventsOf))
            .NewestBefore(before, Longest + 1)
            .ToListAsync(cancellationToken);
        var records = rows.Select(row =>
            (TimelinePlace.OfRecord(row.At, row.Sequence, row.Chain), EntryOf(CaseRecord.From(row)))
        );
        var others = new List<TimelineEntry>();
        foreach (var history in histories)
        {
            others.AddRange(await history.ReadAsync(db, found.CallerId, found.CaseId, cancellationToken));
        }

        var shown = others.Where(entry => eventsOf is null || (entry.Kind == Event && entry.By == eventsOf));
        var page = TimelinePage<TimelineEntry>.From(records, shown.Select(entry => (entry.At, entry)), before, Longest);
        return page with { Entries = [.. page.Entries.Select(entry => entry with { At = ChinaTime.In(entry.At) })] };
    }

    public static TimelineEntry EntryOf(CaseRecord record)
    {
        var fact = record.Fact;
        var isClock = fact.Kind == CaseRecord.Clock;
        return new TimelineEntry
        {
            At = fact.At,
            Kind = fact.Kind switch
            {
                "agencyCall" or "sharedCall" => "call",
                CaseRecord.Clock when fact.Subject is FactSubjects.Milestone or FactSubjects.Stop => fact.Subject,
                _ => fact.Kind,
            },
            What = fact.Subject,
            Outcome = fact.Outcome,
            Detail = fact.Detail,
            By =
                isClock && fact.Grants == CaseRecords.OwnGrants
                    ? CaseActor.Gateway
                    : fact.Call?.Agency ?? fact.CallerId,
            Reference = isClock ? null : fact.ParentId,
            EvidenceId = record.EvidenceId,
        };
    }
}
