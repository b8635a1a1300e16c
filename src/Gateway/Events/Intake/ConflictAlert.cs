using Integration.Gateway.Events.Sources;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Notices;
using Integration.Gateway.Notices.Storage;

namespace Integration.Gateway.Events.Intake;

/// <summary>
/// Another event came under an id that is taken for ever: a fault of the sender, or a forgery with a stolen key. The first
/// stands; operators and the office are told (docs/runbooks/events.md): each other event once an hour on each node, though it is
/// on record each time.
/// </summary>
internal sealed partial class ConflictAlert(
    NoticeOutbox outbox,
    ToldConflicts told,
    EventMetrics metrics,
    ILogger<ConflictAlert> logger
)
{
    private readonly NoticeOutbox _outbox = outbox;
    private readonly ToldConflicts _told = told;
    private readonly EventMetrics _metrics = metrics;
    private readonly ILogger _logger = logger;

    /// <summary>What is told of the conflicts of a delivery; nobody else tells the same meanwhile.</summary>
    public Telling Of(DeliveredEvents delivery, IReadOnlyList<EventConflict> conflicts) =>
        new(this, delivery, conflicts);

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

    /// <summary>Part of a delivery; disposed of without its commit, it told nothing.</summary>
    internal sealed class Telling : IDisposable
    {
        private readonly ConflictAlert _alert;
        private readonly IReadOnlyList<EventConflict> _conflicts;
        private readonly EventSource _source;
        private IReadOnlyList<EventConflict> _claimed;

        public Telling(ConflictAlert alert, DeliveredEvents delivery, IReadOnlyList<EventConflict> conflicts)
        {
            (_alert, _conflicts, _source) = (alert, conflicts, delivery.Source);
            _claimed = [.. conflicts.Where(alert._told.TryClaim)];
            Notices = [.. _claimed.SelectMany(conflict => alert._outbox.Rows(NoticeOf(delivery, conflict.First)))];
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
                _alert._told.Release(conflict);
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
