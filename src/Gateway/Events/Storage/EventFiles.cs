using System.Globalization;
using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Signatures;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Storage;

/// <summary>What became of events, for those who may know: the client that delivered it first, and operators.</summary>
internal sealed class EventFiles(
    IDbContextFactory<GatewayDb> factory,
    PersonalDataVault vault,
    EventSources sources,
    ReceiptSigner signer,
    CmsReceipts cms
)
{
    /// <summary>Most entries of one page: a sender in a loop must not make an answer without end.</summary>
    private const int LongestPage = 100;

    /// <summary>An event with a page of its history; null: there is none for this caller.</summary>
    /// <param name="receiptId">Its receipt.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="before">Where the page ends; null: at the newest entry.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<EventAnswer?> Find(
        string receiptId,
        Caller caller,
        TimelinePlace? before,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await RowOf(db, receiptId, caller, cancellationToken) is { } row
            ? AnswerOf(row, await HistoryOf(db, row, before, cancellationToken))
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
            return vault.OpenBytes(kept);
        }

        var receipt = InboxPlan.ReceiptOf(row, ReceiptStatus.Accepted, vault.OpenBytes(row.Digest));
        var made = cms.Sign(signer.Sign(receipt));
        var sealedReceipt = vault.SealBytes(made);
        var events = db.Set<EventRow>().Where(stored => stored.ReceiptId == receiptId);
        var stored = await events
            .Where(stored => stored.Receipt == null)
            .ExecuteUpdateAsync(
                change => change.SetProperty(stored => stored.Receipt, sealedReceipt),
                cancellationToken
            );
        return stored == 1
            ? made
            : vault.OpenBytes((await events.Select(first => first.Receipt).FirstAsync(cancellationToken))!);
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

    private static EventAnswer AnswerOf(EventRow row, TimelinePage<EventHistoryEntry> history) =>
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

    /// <summary>Deliveries stand on record as evidence of the office's case, processing in the row.</summary>
    private async Task<TimelinePage<EventHistoryEntry>> HistoryOf(
        GatewayDb db,
        EventRow row,
        TimelinePlace? before,
        CancellationToken cancellationToken
    )
    {
        var parent = $"\"parentId\":\"{row.ReceiptId}\"";
        var (again, conflict) = (OutcomeText(EventRecords.DeliveredAgain), OutcomeText(EventRecords.Conflict));
        var office = sources.Find(row.Source)?.Options.Office ?? row.Client;
        var repetitions = await db.EvidenceOf(office, row.CaseId)
            .Where(record => record.Kind == "event" && record.Record.Contains(parent))
            .Where(record => record.Record.Contains(again) || record.Record.Contains(conflict))
            .NewestBefore(before, LongestPage + 1)
            .ToListAsync(cancellationToken);
        var processing = JsonSerializer.Deserialize(row.History, ApiJson.Of<IReadOnlyList<EventHistoryEntry>>())!;
        return TimelinePage<EventHistoryEntry>.Of(
            repetitions.Select(record =>
                (TimelinePlace.OfRecord(record.At, record.Sequence, record.Chain), EntryOf(record))
            ),
            processing.Select(entry => (entry.At, entry)).Prepend((row.ReceivedAt.AddTicks(-1), Received(row))), // before what came again in the same moment
            before,
            LongestPage
        );
    }

    private static EventHistoryEntry Received(EventRow row) => new(ChinaTime.In(row.ReceivedAt), EventRecords.Received);

    /// <summary>Texts within a record are escaped, so its members can be looked for as they are written.</summary>
    private static string OutcomeText(string outcome) => $"\"outcome\":\"{outcome}\"";

    private static EventHistoryEntry EntryOf(EvidenceRow record)
    {
        var fact = JsonSerializer.Deserialize<EvidenceFact>(record.Record, IntegrationJson.AnswerOptions)!;
        return new EventHistoryEntry(ChinaTime.In(fact.At), fact.Outcome);
    }
}
