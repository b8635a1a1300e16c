using System.Text.Json;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Notices;

/// <summary>
/// Where a notice is put: rows of the transaction that makes it true, one for each subscriber. Nothing is told that did not
/// happen, and what happened is told.
/// </summary>
internal sealed class NoticeOutbox(IOptions<NoticeOptions> options, TimeProvider time)
{
    private readonly NoticeIds _ids = new(time);

    /// <summary>The rows of a notice; add them by <see cref="GatewayDb.AppendRange"/>.</summary>
    public IReadOnlyList<NoticeRow> Rows(Notice notice) =>
        [
            .. options
                .Value.Subscribers.Where(subscriber => subscriber.Wants(notice))
                .Select(subscriber => RowOf(notice, subscriber)),
        ];

    private NoticeRow RowOf(Notice notice, SubscriberOptions subscriber) =>
        new()
        {
            NoticeId = _ids.Next(),
            Subscriber = subscriber.Name,
            CallerId = subscriber.Client,
            CaseId = notice.CaseId,
            Type = notice.Type,
            Data = JsonSerializer.Serialize(notice.Data),
            At = notice.At,
            NextAttemptAt = notice.At,
        };
}
