using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Audit;
using Integration.Gateway.Callers;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Processing;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events;

/// <summary>Events that could not be processed, for operators. A look at them goes on record before it is answered, a release in one commit with it.</summary>
internal sealed class DeadLetters(
    AuditTrail audit,
    WorkSignal<EventRow> signal,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time
)
{
    public const string Read = "events.dead-letters.read";
    public const string Released = "events.released";

    private const int Most = 100;

    /// <summary>The oldest ones after a receipt.</summary>
    /// <param name="ops">The operator.</param>
    /// <param name="after">The last receipt already read; empty: from the beginning.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The list; <see cref="Refusal.Unavailable"/>: the look cannot be put on record.</returns>
    public async Task<Result<DeadLettersResponse>> ListAsync(
        Caller ops,
        string after,
        CancellationToken cancellationToken
    )
    {
        var recorded = await audit.RecordAsync(new AuditEntry(ops.Id, Read, "events"), cancellationToken);
        return recorded.Succeeded(out _, out var refusal) ? await ReadAsync(after, cancellationToken) : refusal;
    }

    /// <summary>Has a dead letter processed again: in its place, or with the result that the order of events gives it now.</summary>
    /// <returns>
    /// The audit record's number; 404 <c>not-found</c>; 409 <c>state-conflict</c>: it is no dead letter (any more);
    /// <see cref="Refusal.Unavailable"/>.
    /// </returns>
    public async Task<Result<EventReleased>> ReleaseAsync(
        Caller ops,
        string receiptId,
        ReleaseOrder order,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(receiptId, cancellationToken) is not { } row)
        {
            return Refusal.NotFound("This receipt");
        }

        if (row.State != EventState.DeadLetter)
        {
            return Refusal.StateConflict("It is not a dead letter.");
        }

        var detail = JsonSerializer.Serialize(new ReleaseRequest { Reason = order.Reason }, IntegrationJson.Options);
        var recorded = await audit.RecordAsync(
            new AuditEntry(ops.Id, Released, $"event:{receiptId}", detail),
            EventUpdates.Release(row, time.GetUtcNow()),
            cancellationToken
        );
        if (!recorded.Succeeded(out var auditId, out var refusal))
        {
            return refusal;
        }

        signal.Raise();
        return new EventReleased { ReceiptId = receiptId, AuditId = auditId };
    }

    private async Task<DeadLettersResponse> ReadAsync(string after, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var dead = db.Set<EventRow>().AsNoTracking().Where(row => row.State == EventState.DeadLetter);
        var rows = await dead.Where(row => string.Compare(row.ReceiptId, after) > 0)
            .OrderBy(row => row.ReceiptId)
            .Take(Most + 1)
            .ToListAsync(cancellationToken);
        return new DeadLettersResponse
        {
            Events = [.. rows.Take(Most).Select(EventResponses.DeadLetter)],
            Next = rows.Count > Most ? rows[Most - 1].ReceiptId : null,
            Count = await dead.CountAsync(cancellationToken),
        };
    }

    private async Task<EventRow?> FindAsync(string receiptId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<EventRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.ReceiptId == receiptId, cancellationToken);
    }
}
