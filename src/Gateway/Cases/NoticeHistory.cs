using Integration.Contracts.V1.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Cases;

/// <summary>The notices of a case in its timeline: who was told what, when, and who could not be told.</summary>
internal sealed class NoticeHistory : ICaseHistory
{
    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(
        GatewayDb db,
        string callerId,
        string caseId,
        CancellationToken cancellationToken
    )
    {
        var rows = await db.Set<NoticeRow>()
            .AsNoTracking()
            .Where(row => row.CaseId == caseId && row.CallerId == callerId)
            .OrderBy(row => row.NoticeId)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(EntryOf)];
    }

    private static TimelineEntry EntryOf(NoticeRow row)
    {
        var (at, outcome) = row.State switch
        {
            NoticeState.Delivered => (row.DeliveredAt, "delivered"),
            NoticeState.DeadLetter => (row.LastAttemptAt, "dead-letter"),
            NoticeState.Dismissed => (row.LastAttemptAt, "dismissed"),
            _ => (null, "waiting"),
        };
        var failure = row is { State: not NoticeState.Delivered, LastFailure: { } last } ? $"; {last}" : string.Empty;
        return new TimelineEntry
        {
            At = ChinaTime.In(at ?? row.At),
            Kind = "notice",
            What = row.Type,
            Outcome = outcome,
            Detail = FormattableString.Invariant($"{row.Subscriber}; attempts: {row.Attempts}{failure}"),
            By = "gateway",
            Reference = row.NoticeId,
        };
    }
}
