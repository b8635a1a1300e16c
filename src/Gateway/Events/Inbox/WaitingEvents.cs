using System.Linq.Expressions;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Events.Inbox;

/// <summary>An event whose turn it is, and which others of its case still wait for theirs.</summary>
internal sealed record AnsweredEventRead(EventRow Row) : ICommitRead<AnsweredEvent>
{
    public AnsweredEvent Read(GatewayDb db) =>
        new(
            Row.ReceiptId,
            Row.ReceivedAt,
            receiptId => db.Set<EventRow>().Where(WaitingEvents.Waits).Any(other => other.ReceiptId == receiptId)
        );
}

/// <summary>Whether the enterprise of a case was withdrawn by an event that still waits for its turn.</summary>
internal sealed record WaitingWithdrawalRead(string Source, string CaseId) : ICommitRead<bool>
{
    public bool Read(GatewayDb db) =>
        db.Set<EventRow>()
            .Where(WaitingEvents.Waits)
            .Any(row => row.Source == Source && row.CaseId == CaseId && row.Type == EventTypes.Withdrawn);
}

internal static class WaitingEvents
{
    /// <summary>Its turn has not come.</summary>
    public static Expression<Func<EventRow, bool>> Waits { get; } =
        row => row.State == EventState.Received || row.State == EventState.WaitingForEarlier;
}
