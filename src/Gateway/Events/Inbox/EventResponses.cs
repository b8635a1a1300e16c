using System.Globalization;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Evidence;

namespace Integration.Gateway.Events.Inbox;

/// <summary>Events of the inbox as the API shows them. Pure.</summary>
internal static class EventResponses
{
    /// <summary>What the receipt of an event says, before it is signed.</summary>
    /// <param name="row">The event.</param>
    /// <param name="status">Whether it came for the first time.</param>
    /// <param name="digest">SHA-256 of its bytes: the sender has them, so it is told the plain one.</param>
    public static EventReceipt Receipt(EventRow row, ReceiptStatus status, byte[] digest) =>
        new()
        {
            ReceiptId = row.ReceiptId,
            Source = row.Source,
            EventId = row.EventId,
            ReceivedAt = ChinaTime.In(row.ReceivedAt),
            Status = status,
            CaseId = row.CaseId,
            AcceptBy = ChinaTime.In(row.AcceptBy),
            Sha256 = Convert.ToHexStringLower(digest),
            Receipt = ReceiptSigner.Unsigned,
        };

    /// <summary>What became of an event.</summary>
    public static EventResponse Event(EventRow row, TimelinePage<EventHistoryEntry> history) =>
        new()
        {
            ReceiptId = row.ReceiptId,
            Source = row.Source,
            EventId = row.EventId,
            Type = row.Type,
            Sequence = row.Sequence?.ToString(CultureInfo.InvariantCulture),
            ReceivedAt = ChinaTime.In(row.ReceivedAt),
            CaseId = row.CaseId,
            AcceptBy = ChinaTime.In(row.AcceptBy),
            State = row.State,
            Result = row.Result,
            ApplicationId = row.Type == EventTypes.Transferred ? null : row.ApplicationId,
            JointApplicationId = row.Type == EventTypes.Transferred ? row.ApplicationId : null,
            ProcessedAt = row.ProcessedAt is { } moment ? ChinaTime.In(moment) : null,
            History = history.Entries,
            Next = history.Next,
        };

    /// <summary>An event that could not be processed.</summary>
    public static DeadLetter DeadLetter(EventRow row) =>
        new()
        {
            ReceiptId = row.ReceiptId,
            Source = row.Source,
            EventId = row.EventId,
            Type = row.Type,
            CaseId = row.CaseId,
            ReceivedAt = ChinaTime.In(row.ReceivedAt),
            AcceptBy = ChinaTime.In(row.AcceptBy),
            Attempts = row.Attempts,
            Failure = row.LastFailure,
        };
}
