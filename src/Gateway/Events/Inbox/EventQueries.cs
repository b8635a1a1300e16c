using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Signatures;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Inbox;

/// <summary>What became of an event, for the client that delivered it first and for operators.</summary>
internal sealed class EventQueries(
    IDbContextFactory<GatewayDb> factory,
    PersonalDataVault vault,
    EventSources sources,
    ReceiptSigner signer,
    CmsReceipts cms,
    EvidenceLog log
)
{
    /// <summary>Most entries of one page: a sender in a loop must not make an answer without end.</summary>
    private const int LongestPage = 100;

    /// <summary>An event with a page of its history; null: there is none for this caller.</summary>
    /// <param name="receiptId">Its receipt.</param>
    /// <param name="caller">The client that asks.</param>
    /// <param name="before">Where the page ends; null: at the newest entry.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<EventResponse?> FindAsync(
        string receiptId,
        Caller caller,
        TimelinePlace? before,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await RowOfAsync(db, receiptId, caller, cancellationToken) is { } row
            ? EventResponses.Event(row, await HistoryOfAsync(db, row, before, cancellationToken))
            : null;
    }

    /// <summary>
    /// The receipt as CMS, made when it is asked for the first time and kept: every reader gets the same bytes.
    /// </summary>
    /// <returns>
    /// The bytes; 404 <c>not-found</c>: there is no such event for this caller; 503 <c>unavailable</c>: it cannot be kept now.
    /// </returns>
    public async Task<Result<byte[]>> FindReceiptAsync(
        string receiptId,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (await RowOfAsync(receiptId, caller, cancellationToken) is not { } row)
        {
            return Refusal.NotFound("This receipt");
        }

        if (row.Receipt is null)
        {
            var unit = new UnitOfWork();
            unit.Write(new KeptReceipt(receiptId, vault.SealBytes(Sign(row))));
            if (!(await log.CommitAsync(unit, cancellationToken)).Succeeded(out _, out var unavailable))
            {
                return unavailable;
            }

            row = (await RowOfAsync(receiptId, caller, cancellationToken))!;
        }

        return vault.OpenBytes(row.Receipt!);
    }

    private byte[] Sign(EventRow row) =>
        cms.Sign(signer.Sign(EventResponses.Receipt(row, ReceiptStatus.Accepted, vault.OpenBytes(row.Digest))));

    private async Task<EventRow?> RowOfAsync(string receiptId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await RowOfAsync(db, receiptId, caller, cancellationToken);
    }

    private static async Task<EventRow?> RowOfAsync(
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

    /// <summary>Deliveries stand on record as evidence of the office's case, processing in the row.</summary>
    private async Task<TimelinePage<EventHistoryEntry>> HistoryOfAsync(
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
        var processing = JsonSerializer.Deserialize(row.History, ApiJson.For<IReadOnlyList<EventHistoryEntry>>())!;
        return TimelinePage<EventHistoryEntry>.From(
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

    /// <summary>
    /// The first receipt that is made is kept. It leaves the version of the event alone: being read is no change of its state, and must not
    /// take its turn back.
    /// </summary>
    private sealed record KeptReceipt(string ReceiptId, ProtectedText Receipt) : IRowWrite
    {
        public void WriteTo(GatewayDb db) =>
            db.Set<EventRow>()
                .Where(row => row.ReceiptId == ReceiptId && row.Receipt == null)
                .ExecuteUpdate(row => row.SetProperty(kept => kept.Receipt, Receipt));
    }
}
