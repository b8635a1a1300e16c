using System.Text.Json;
using Integration.Contracts.V1.Notices;
using Integration.Gateway.Audit;
using Integration.Gateway.Callers;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Notices.Operations;

/// <summary>
/// Sends notices again under their own numbers, or lays a dead letter aside. The audit record and the rows are one commit.
/// </summary>
internal sealed class ReplayNotices(
    AuditTrail audit,
    IDbContextFactory<GatewayDb> factory,
    IOptions<NoticeOptions> options,
    TimeProvider time
)
{
    public const string Replayed = "notice.replayed";
    public const string SubscriberReplayed = "notice.subscriber.replayed";
    public const string Dismissed = "notice.dismissed";

    /// <summary>Sends one notice again: a dead letter, a delivered one, or one that waits for its next attempt.</summary>
    public async Task<Result<ReplayResponse>> OneAsync(
        Caller ops,
        string noticeId,
        CancellationToken cancellationToken
    ) =>
        await StateOfAsync(noticeId, cancellationToken) is null
            ? Refusal.NotFound("This notice")
            : await ChangeAsync(
                new AuditEntry(ops.Id, Replayed, $"notice:{noticeId}"),
                rows => rows.Where(row => row.NoticeId == noticeId),
                Again,
                cancellationToken
            );

    /// <summary>Lays a dead letter aside for good: it stays on record and is not counted any more.</summary>
    public async Task<Result<ReplayResponse>> DismissAsync(
        Caller ops,
        string noticeId,
        CancellationToken cancellationToken
    ) =>
        await StateOfAsync(noticeId, cancellationToken) is not NoticeState.DeadLetter
            ? Refusal.NotFound("This dead letter")
            : await ChangeAsync(
                new AuditEntry(ops.Id, Dismissed, $"notice:{noticeId}"),
                rows => rows.Where(row => row.NoticeId == noticeId && row.State == NoticeState.DeadLetter),
                rows => rows.ExecuteUpdate(set => set.SetProperty(row => row.State, NoticeState.Dismissed)),
                cancellationToken
            );

    /// <summary>Sends what a subscriber was told, or should have been, again.</summary>
    public async Task<Result<ReplayResponse>> OfSubscriberAsync(
        Caller ops,
        string subscriber,
        ReplayOrder order,
        CancellationToken cancellationToken
    ) =>
        options.Value.Subscribers.Any(known => known.Name == subscriber)
            ? await ChangeAsync(
                new AuditEntry(
                    ops.Id,
                    SubscriberReplayed,
                    $"subscriber:{subscriber}",
                    JsonSerializer.Serialize(order, JsonSerializerOptions.Web)
                ),
                rows => Chosen(rows, subscriber, order),
                Again,
                cancellationToken
            )
            : Refusal.NotFound("This subscriber");

    private static IQueryable<NoticeRow> Chosen(IQueryable<NoticeRow> rows, string subscriber, ReplayOrder order)
    {
        rows = rows.Where(row => row.Subscriber == subscriber)
            .Where(row =>
                row.State == NoticeState.DeadLetter || (row.State == NoticeState.Delivered && !order.DeadLettersOnly)
            );
        if (order is { From: { } from, Until: { } until })
        {
            rows = rows.Where(row => row.At >= from && row.At < until);
        }

        return order.CaseId is { } caseId
            ? rows.Where(row => row.Subscriber == subscriber && row.CaseId == caseId)
            : rows;
    }

    private int Again(IQueryable<NoticeRow> rows) => rows.ExecuteUpdate(Afresh(time.GetUtcNow()));

    /// <summary>As if it had never been sent: it is tried for as long as any other.</summary>
    internal static Action<UpdateSettersBuilder<NoticeRow>> Afresh(DateTimeOffset now) =>
        set =>
            set.SetProperty(row => row.State, NoticeState.Waiting)
                .SetProperty(row => row.Attempts, 0)
                .SetProperty(row => row.Refusals, 0)
                .SetProperty(row => row.FirstAttemptAt, (DateTimeOffset?)null)
                .SetProperty(row => row.NextAttemptAt, now);

    private async Task<Result<ReplayResponse>> ChangeAsync(
        AuditEntry entry,
        Func<IQueryable<NoticeRow>, IQueryable<NoticeRow>> choose,
        Func<IQueryable<NoticeRow>, int> change,
        CancellationToken cancellationToken
    )
    {
        var changed = new ChangedNotices(rows => change(choose(rows)));
        var recorded = await audit.RecordAsync(entry, changed, cancellationToken);
        return recorded.Succeeded(out var auditId, out var refusal)
            ? new ReplayResponse { Notices = changed.Count, AuditId = auditId }
            : refusal;
    }

    private async Task<NoticeState?> StateOfAsync(string noticeId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<NoticeRow>()
            .Where(row => row.NoticeId == noticeId)
            .Select(row => (NoticeState?)row.State)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Notices that one statement changes within the commit of its audit record.</summary>
    private sealed class ChangedNotices(Func<IQueryable<NoticeRow>, int> change) : IRowWrite
    {
        /// <summary>How many there were.</summary>
        public int Count { get; private set; }

        public void WriteTo(GatewayDb db) => Count = change(db.Set<NoticeRow>());
    }
}
