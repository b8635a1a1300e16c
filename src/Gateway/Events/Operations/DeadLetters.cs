using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Audit;
using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Processing;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Operations;

/// <summary>Events that could not be processed, for operators. Looking at them and releasing one both go on record.</summary>
internal sealed class DeadLetters(
    AuditTrail audit,
    EventSignal signal,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time
)
{
    public const string Read = "events.dead-letters.read";
    public const string Released = "events.released";

    private const int Most = 100;

    /// <summary>The oldest ones after a receipt.</summary>
    /// <param name="ops">Who looks.</param>
    /// <param name="after">The last receipt already read; empty: from the beginning.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The list; <see cref="Refusal.Unavailable"/>: the look cannot be put on record.</returns>
    public async Task<Result<DeadLettersAnswer>> List(Caller ops, string after, CancellationToken cancellationToken)
    {
        DeadLettersAnswer? answer = null;
        var recorded = await audit.Record(
            new AuditEntry(ops.Id, Read, "events"),
            async (db, cancelled) => answer = await Answer(db, after, cancelled),
            cancellationToken
        );
        return recorded.Succeeded(out _, out var refusal) ? answer! : refusal;
    }

    /// <summary>Has a dead letter processed again: in its place, or with the result that the order of events gives it now.</summary>
    /// <returns>
    /// The audit record's number; 404 <c>not-found</c>; 409 <c>state-conflict</c>: it is no dead letter (any more);
    /// <see cref="Refusal.Unavailable"/>.
    /// </returns>
    public async Task<Result<EventReleased>> Release(
        Caller ops,
        string receiptId,
        ReleaseOrder order,
        CancellationToken cancellationToken
    )
    {
        if (await Find(receiptId, cancellationToken) is not { } row)
        {
            return Refusal.NotFound("This receipt");
        }

        if (row.State != EventState.DeadLetter)
        {
            return Refusal.StateConflict("It is not a dead letter.");
        }

        var detail = JsonSerializer.Serialize(new ReleaseRequest { Reason = order.Reason }, IntegrationJson.Options);
        var recorded = await audit.Record(
            new AuditEntry(ops.Id, Released, $"event:{receiptId}", detail),
            (db, _) =>
            {
                new EventTurn(row, Stream: null).Released(db, time.GetUtcNow());
                return Task.CompletedTask;
            },
            cancellationToken
        );
        if (!recorded.Succeeded(out var auditId, out var refusal))
        {
            return refusal;
        }

        signal.Raise();
        return new EventReleased { ReceiptId = receiptId, AuditId = auditId };
    }

    private static async Task<DeadLettersAnswer> Answer(GatewayDb db, string after, CancellationToken cancellationToken)
    {
        var dead = db.Set<EventRow>().AsNoTracking().Where(row => row.State == EventState.DeadLetter);
        var rows = await dead.Where(row => string.Compare(row.ReceiptId, after) > 0)
            .OrderBy(row => row.ReceiptId)
            .Take(Most + 1)
            .ToListAsync(cancellationToken);
        return new DeadLettersAnswer
        {
            Events = [.. rows.Take(Most).Select(LetterOf)],
            Next = rows.Count > Most ? rows[Most - 1].ReceiptId : null,
            Count = await dead.CountAsync(cancellationToken),
        };
    }

    private static DeadLetter LetterOf(EventRow row) =>
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

    private async Task<EventRow?> Find(string receiptId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<EventRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.ReceiptId == receiptId, cancellationToken);
    }
}
