using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events;

/// <summary>The events of a case in its timeline: when each came, waited, failed, and what came of it. For the source's office.</summary>
internal sealed class EventCaseHistory(EventSources sources) : ICaseHistory
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(
        GatewayDb db,
        string callerId,
        string caseId,
        CancellationToken cancellationToken
    )
    {
        var ofOffice = sources.OfOffice(callerId);
        var rows = await db.Set<EventRow>()
            .AsNoTracking()
            .Where(row => ofOffice.Contains(row.Source) && row.CaseId == caseId)
            .OrderBy(row => row.ReceiptId)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.SelectMany(row =>
                EventHistory.Read(row.History).Select(entry => EntryOf(row, entry)).Prepend(Received(row))
            ),
        ];
    }

    private static TimelineEntry Received(EventRow row) =>
        new()
        {
            At = ChinaTime.In(row.ReceivedAt),
            Kind = "event",
            What = row.Type,
            Outcome = "received",
            By = row.Client,
            Reference = row.ReceiptId,
        };

    private static TimelineEntry EntryOf(EventRow row, EventHistoryEntry entry) =>
        new()
        {
            At = entry.At,
            Kind = "event",
            What = row.Type,
            Outcome = entry is { What: EventHistory.Processed, Detail: { } result } ? result : entry.What,
            Detail = entry.What == EventHistory.Processed ? null : entry.Detail,
            By = "gateway",
            Reference = row.ReceiptId,
        };
}
