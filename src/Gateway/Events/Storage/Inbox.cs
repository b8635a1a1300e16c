using System.Globalization;
using System.Security.Cryptography;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Callers;
using Integration.Gateway.Cases;
using Integration.Gateway.Clocks;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Processing;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Policy;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.Storage;

/// <summary>The inbox: unique for ever on source and id.</summary>
internal sealed class Inbox(
    EvidenceLog evidence,
    PersonalDataVault vault,
    EventSignal signal,
    IDbContextFactory<GatewayDb> factory,
    SlaClock clock,
    TimeProvider time
)
{
    /// <summary>Commits an event, or finds out that it is there already.</summary>
    public async Task<Result<EventReceipt>> Receive(
        ReceivedEvent received,
        GrantedRequest granted,
        PolicyEdition policy,
        DateTimeOffset acceptBy,
        DateTimeOffset now
    )
    {
        var row = RowOf(received, granted, acceptBy, now);
        if (await Find(row.Source, row.EventId) is { } known)
        {
            return Again(known, row);
        }

        var message = new SignedMessageRow
        {
            MessageId = row.MessageId!,
            Content = vault.SealBytes(received.Message.Content.ToArray()),
            Signature = vault.SealBytes(received.Message.Signature.ToArray()),
            Thumbprint = received.Message.Signer.Thumbprint,
            ReceivedAt = now,
        };
        var draft = new EvidenceDraft
        {
            EvidenceId = Identifiers.New("evd", time),
            Kind = EvidenceKind.Event,
            CaseId = row.CaseId,
            ParentId = row.ReceiptId,
            CallerId = row.Client,
            Purpose = granted.Purpose,
            Basis = $"consent:{received.Input.Data!.Consent?.Reference}",
            Grants = granted.GrantsText,
            Subject = row.Type,
            Outcome = "received",
            Detail = Convert.ToHexStringLower(row.Digest),
            PolicyVersion = policy.Version,
            At = now,
        };
        var open = CaseBook.OpenIfAbsent(OpenedCase(received, granted, policy, draft));
        var sealing = await evidence.Seal(
            [draft],
            db =>
            {
                db.AppendRange([message, row]);
                open(db);
            },
            CancellationToken.None
        );
        if (sealing.Succeeded(out var evidenced, out var refusal))
        {
            signal.Raise();
            return evidenced.Release(ReceiptOf(row, ReceiptStatus.Accepted)).Answer;
        }

        return ReferenceEquals(refusal, Refusal.Overtaken) && await Find(row.Source, row.EventId) is { } first
            ? Again(first, row)
            : refusal;
    }

    /// <summary>What became of an event, for the client that delivered it and for operators; null: there is none for this caller.</summary>
    public async Task<EventAnswer?> Find(string receiptId, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<EventRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.ReceiptId == receiptId, cancellationToken);
        return row is not null && (row.Client == caller.Id || caller.Kind == CallerKind.Ops) ? AnswerOf(row) : null;
    }

    private static EventAnswer AnswerOf(EventRow row) =>
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
            ApplicationId = row.ApplicationId,
            ProcessedAt = row.ProcessedAt is { } moment ? ChinaTime.In(moment) : null,
            History = [new EventHistoryEntry(ChinaTime.In(row.ReceivedAt), "received")],
        };

    /// <summary>The case of an enterprise's first event: acceptance runs from the moment at which it entered (电子签名法 Art. 11).</summary>
    private CaseFile OpenedCase(
        ReceivedEvent received,
        GrantedRequest granted,
        PolicyEdition policy,
        EvidenceDraft draft
    ) =>
        CaseActs.OpenByEvent(
            new OpenedByEvent
            {
                CaseId = received.CaseId,
                CallerId = received.Source.Options.Office,
                ReportedBy = granted.Caller.Id,
                Purpose = granted.Purpose,
                ReceivedAt = draft.At,
                Policy = policy,
                EvidenceId = draft.EvidenceId,
            },
            clock
        );

    private static Result<EventReceipt> Again(EventRow first, EventRow now) =>
        first.Digest.AsSpan().SequenceEqual(now.Digest)
            ? ReceiptOf(first, ReceiptStatus.Duplicate)
            : Refusal.EventConflict;

    private static EventReceipt ReceiptOf(EventRow row, ReceiptStatus status) =>
        new()
        {
            ReceiptId = row.ReceiptId,
            Source = row.Source,
            EventId = row.EventId,
            ReceivedAt = ChinaTime.In(row.ReceivedAt),
            Status = status,
            CaseId = row.CaseId,
            AcceptBy = ChinaTime.In(row.AcceptBy),
            Sha256 = Convert.ToHexStringLower(row.Digest),
            Receipt = ReceiptSigner.Unsigned,
        };

    private async Task<EventRow?> Find(string source, string eventId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.Set<EventRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.Source == source && row.EventId == eventId);
    }

    private EventRow RowOf(ReceivedEvent received, GrantedRequest granted, DateTimeOffset acceptBy, DateTimeOffset now)
    {
        return new EventRow
        {
            ReceiptId = Identifiers.New("evr", time),
            Source = received.Source.Name,
            EventId = received.Input.Id!,
            Digest = SHA256.HashData(received.Bytes.Span),
            Type = received.Input.Type!,
            Sequence = received.Sequence,
            StreamId = received.StreamId,
            CaseId = granted.CaseId,
            Client = granted.Caller.Id,
            HappenedAt = received.Input.Time!.Value,
            ReceivedAt = now,
            AcceptBy = acceptBy,
            MessageId = Identifiers.New("msg", time),
            Index = received.Index,
            NextAttemptAt = now,
            History = "[]",
        };
    }
}
