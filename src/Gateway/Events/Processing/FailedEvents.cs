using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Processing;

/// <summary>
/// An event that could not be processed is tried again after 2, 6, 18 and 54 s; then it is a dead letter, and the next of its
/// enterprise has its turn.
/// </summary>
internal sealed partial class FailedEvents(
    EventResultWriter record,
    EvidenceLog log,
    TimeProvider time,
    ILogger<FailedEvents> logger
)
{
    private static readonly TimeSpan[] s_pauses = [.. new[] { 2, 6, 18, 54 }.Select(s => TimeSpan.FromSeconds(s))];

    /// <summary>Counts a failure.</summary>
    /// <param name="context">The event.</param>
    /// <param name="failure">Its kind, without personal data; at most 200 characters.</param>
    /// <returns>The failure; a refusal when that could not be put on record.</returns>
    public async Task<Result<string>> CountAsync(EventContext context, string failure)
    {
        var row = context.Row;
        if (row.Attempts >= s_pauses.Length)
        {
            var recorded = await record.DeadLetterAsync(context, failure);
            if (recorded.Succeeded(out _, out _))
            {
                EventTelemetry.DeadLetters.Add(1);
                Log.EventDeadLetter(logger, row.ReceiptId, row.Attempts + 1, failure);
            }

            return recorded;
        }

        var now = time.GetUtcNow();
        var next = now + s_pauses[row.Attempts];
        var unit = new UnitOfWork();
        EventUpdates.Retry(unit, context, failure, next, now);
        var counted = await log.CommitAsync(unit, failure);
        if (counted.Succeeded(out _, out _))
        {
            Log.EventFailed(logger, row.ReceiptId, failure, next);
        }

        return counted;
    }

    private static partial class Log
    {
        [LoggerMessage(
            2214,
            LogLevel.Warning,
            "Event {ReceiptId} could not be processed ({Failure}); again at {Next}."
        )]
        public static partial void EventFailed(ILogger logger, string receiptId, string failure, DateTimeOffset next);

        [LoggerMessage(
            2211,
            LogLevel.Error,
            "Event {ReceiptId} is a dead letter after {Attempts} attempts ({Failure}): docs/runbooks/event-dead-letters.md."
        )]
        public static partial void EventDeadLetter(ILogger logger, string receiptId, int attempts, string failure);
    }
}
