using System.Linq.Expressions;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Cases;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Events.Storage;

/// <summary>Events whose turn has not come, seen within the commit of another one of their case.</summary>
internal static class WaitingEvents
{
    private static readonly Expression<Func<EventRow, bool>> s_waits = row =>
        row.State == EventState.Received || row.State == EventState.WaitingForEarlier;

    /// <summary>An event whose turn it is, for its case.</summary>
    public static AnsweredEvent Answered(GatewayDb db, EventRow row) =>
        new(
            row.ReceiptId,
            row.ReceivedAt,
            receiptId => db.Set<EventRow>().Where(s_waits).Any(other => other.ReceiptId == receiptId)
        );

    /// <summary>Whether the enterprise of a case was withdrawn by an event that still waits.</summary>
    public static bool AnyWithdrawal(GatewayDb db, string source, string caseId) =>
        db.Set<EventRow>()
            .Where(s_waits)
            .Any(row => row.Source == source && row.CaseId == caseId && row.Type == EventTypes.Withdrawn);
}
