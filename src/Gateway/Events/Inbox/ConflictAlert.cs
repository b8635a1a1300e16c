using Integration.Gateway.Events.Sources;
using Integration.Gateway.Notices;
using Integration.Gateway.Notices.Storage;

namespace Integration.Gateway.Events.Inbox;

/// <summary>
/// Another event came under an id that is taken for ever: a fault of the sender, or a forgery with a stolen key. The first
/// stands; operators and the office are told (docs/runbooks/events.md): of each such event once an hour on each node, though it is
/// on record each time.
/// </summary>
internal sealed partial class ConflictAlert(
    NoticeOutbox outbox,
    NotifiedConflicts notified,
    EventMetrics metrics,
    ILogger<ConflictAlert> logger
)
{
    private readonly NoticeOutbox _outbox = outbox;
    private readonly NotifiedConflicts _notified = notified;
    private readonly EventMetrics _metrics = metrics;
    private readonly ILogger _logger = logger;

    /// <summary>What the conflicts of a delivery lead to; no other delivery to this node leads to the same meanwhile.</summary>
    public PendingAlert Prepare(DeliveredEvents delivery, IReadOnlyList<EventConflict> conflicts) =>
        new(this, delivery, conflicts);

    /// <summary>The alert of a delivery that is not committed yet; disposed of without its commit, it alerted no one.</summary>
    internal sealed class PendingAlert : IDisposable
    {
        private readonly ConflictAlert _alert;
        private readonly IReadOnlyList<EventConflict> _conflicts;
        private readonly EventSource _source;
        private IReadOnlyList<EventConflict> _claimed;

        public PendingAlert(ConflictAlert alert, DeliveredEvents delivery, IReadOnlyList<EventConflict> conflicts)
        {
            (_alert, _conflicts, _source) = (alert, conflicts, delivery.Source);
            _claimed = [.. conflicts.Where(alert._notified.TryClaim)];
            Notices =
            [
                .. _claimed.SelectMany(conflict =>
                    alert._outbox.Rows(
                        EventNotifications.Conflict(conflict.First, delivery.Source.Options.Office, delivery.At)
                    )
                ),
            ];
        }

        /// <summary>Rows that tell the office; part of the commit that puts the conflicts on record.</summary>
        public IReadOnlyList<NoticeRow> Notices { get; }

        /// <summary>The conflicts are on record: operators are told.</summary>
        public void Committed()
        {
            foreach (var conflict in _claimed)
            {
                Log.EventConflict(_alert._logger, _source.Name, conflict.First.ReceiptId);
            }

            foreach (var _ in _conflicts)
            {
                _alert._metrics.Conflict();
            }

            _claimed = [];
        }

        public void Dispose()
        {
            foreach (var conflict in _claimed)
            {
                _alert._notified.Release(conflict);
            }
        }
    }

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

/// <summary>Another event under a known id.</summary>
/// <param name="First">The one that stands.</param>
/// <param name="Digest">SHA-256 of the other one's bytes.</param>
internal sealed record EventConflict(EventRow First, byte[] Digest)
{
    public override string ToString() => $"conflict with {First.ReceiptId}";
}
