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

/// <summary>What waits for its turn in the case of an event that is received.</summary>
internal sealed record WaitingInCaseRead(string Source, CaseEvent Received) : ICommitRead<WaitingInCase>
{
    public WaitingInCase Read(GatewayDb db)
    {
        var caseId = Received.CaseId;
        var waiting = db.Set<EventRow>()
            .Where(WaitingEvents.Waits)
            .Where(row => row.Source == Source && row.CaseId == caseId);
        return Received switch
        {
            { IsOpening: true } => new(waiting.Any(row => row.Type == EventTypes.Withdrawn), []),
            { IsWithdrawal: true, Sequence: { } number } => new(
                IsWithdrawn: false,
                [
                    .. waiting
                        .Where(row => row.Type == EventTypes.Opened && row.Sequence > number)
                        .OrderBy(row => row.Sequence)
                        .Select(row => new WaitingOpening(row.ReceiptId, row.ReceivedAt)),
                ]
            ),
            _ => new(IsWithdrawn: false, []),
        };
    }
}

internal static class WaitingEvents
{
    /// <summary>Its turn has not come.</summary>
    public static Expression<Func<EventRow, bool>> Waits { get; } =
        row => row.State == EventState.Received || row.State == EventState.WaitingForEarlier;
}
