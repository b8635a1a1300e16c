using Integration.Gateway.Events.Sources;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Notices;
using Integration.Gateway.Notices.Storage;

namespace Integration.Gateway.Events.Intake;

/// <summary>
/// Another event came under an id that is taken for ever: a fault of the sender, or a forgery with a stolen key. The first
/// stands; operators and the office are told (docs/runbooks/events.md).
/// </summary>
internal sealed partial class ConflictAlert(NoticeOutbox outbox, EventMetrics metrics, ILogger<ConflictAlert> logger)
{
    /// <summary>Rows that tell the office; part of the commit that puts the conflicts on record.</summary>
    public IReadOnlyList<NoticeRow> NoticesOf(DeliveredEvents delivery, IReadOnlyList<EventRow> conflicts) =>
        [.. conflicts.SelectMany(first => outbox.Rows(NoticeOf(delivery, first)))];

    /// <summary>Tells operators, once the conflicts are on record.</summary>
    public void Raise(EventSource source, IReadOnlyList<EventRow> conflicts)
    {
        foreach (var first in conflicts)
        {
            metrics.Conflict();
            Log.EventConflict(logger, source.Name, first.ReceiptId);
        }
    }

    private static Notice NoticeOf(DeliveredEvents delivery, EventRow first) =>
        new()
        {
            Type = NoticeTypes.EventConflict,
            CallerId = delivery.Source.Options.Office,
            CaseId = first.CaseId,
            At = delivery.At,
            Data = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["receiptId"] = first.ReceiptId,
                ["source"] = first.Source,
            },
        };

    private static partial class Log
    {
        [LoggerMessage(
            2250,
            LogLevel.Error,
            "Another event of source {Source} came under the id of {ReceiptId}; the first stands"
        )]
        public static partial void EventConflict(ILogger logger, string source, string receiptId);
    }
}
