using System.Globalization;
using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Signatures;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Storage;

/// <summary>What became of events, for those who may know: the client that delivered it first, and operators.</summary>
internal sealed class EventFiles(IDbContextFactory<GatewayDb> factory, ReceiptSigner signer, CmsReceipts cms)
{
    /// <summary>The latest deliveries that are listed; a sender in a loop must not make an answer without end.</summary>
    private const int MostDeliveries = 100;

    /// <summary>An event; null: there is none for this caller.</summary>
    public async Task<EventAnswer?> Find(string receiptId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await RowOf(db, receiptId, caller, cancellationToken) is { } row
            ? AnswerOf(row, await HistoryOf(db, row, cancellationToken))
            : null;
    }

    /// <summary>
    /// The receipt as CMS, made when it is asked for the first time and kept: everybody gets the same bytes. Null: there is
    /// no such event for this caller.
    /// </summary>
    public async Task<byte[]?> FindReceipt(string receiptId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        if (await RowOf(db, receiptId, caller, cancellationToken) is not { } row)
        {
            return null;
        }

        if (row.Receipt is { } kept)
        {
            return kept;
        }

        var made = cms.Sign(signer.Sign(InboxPlan.ReceiptOf(row, ReceiptStatus.Accepted)));
        var events = db.Set<EventRow>().Where(stored => stored.ReceiptId == receiptId);
        var stored = await events
            .Where(stored => stored.Receipt == null)
            .ExecuteUpdateAsync(change => change.SetProperty(stored => stored.Receipt, made), cancellationToken);
        return stored == 1 ? made : await events.Select(first => first.Receipt).FirstAsync(cancellationToken);
    }

    private static async Task<EventRow?> RowOf(
        GatewayDb db,
        string receiptId,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var row = await db.Set<EventRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.ReceiptId == receiptId, cancellationToken);
        return row is not null && (row.Client == caller.Id || caller.Kind == CallerKind.Ops) ? row : null;
    }

    private static EventAnswer AnswerOf(EventRow row, IReadOnlyList<EventHistoryEntry> history) =>
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
            History = history,
        };

    /// <summary>Deliveries stand on record as evidence, processing in the row.</summary>
    private static async Task<IReadOnlyList<EventHistoryEntry>> HistoryOf(
        GatewayDb db,
        EventRow row,
        CancellationToken cancellationToken
    )
    {
        var parent = $"\"parentId\":\"{row.ReceiptId}\"";
        var records = await db.Set<EvidenceRow>()
            .AsNoTracking()
            .Where(record => record.CaseId == row.CaseId && record.Record.Contains(parent))
            .OrderByDescending(record => record.EvidenceId)
            .Take(MostDeliveries)
            .Select(record => record.Record)
            .ToListAsync(cancellationToken);
        var deliveries = records
            .Select(record => JsonSerializer.Deserialize<EvidenceFact>(record, IntegrationJson.AnswerOptions)!)
            .Where(fact => EventRecords.IsRepetition(fact.Outcome))
            .Select(fact => new EventHistoryEntry(ChinaTime.In(fact.At), fact.Outcome));
        var processing = JsonSerializer.Deserialize(row.History, ApiJson.Of<IReadOnlyList<EventHistoryEntry>>())!;
        return
        [
            new EventHistoryEntry(ChinaTime.In(row.ReceivedAt), EventRecords.Received),
            .. deliveries.Concat(processing).OrderBy(entry => entry.At),
        ];
    }
}
