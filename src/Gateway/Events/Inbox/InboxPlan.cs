using Integration.Contracts.V1.Events;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;

namespace Integration.Gateway.Events.Inbox;

/// <summary>
/// What becomes of each event of a delivery, given what is in the inbox. Nothing is written here.
/// <code>
///  id known? ── same bytes ──▶ duplicate: the receipt again       no id, or not known ── faults ──▶ refused
///            └─ other bytes ─▶ conflict: on record, told          ├─ number far ahead ──▶ refused
///                                                                 └─ sound ──▶ accepted: a row
/// </code>
/// </summary>
internal sealed class InboxPlan
{
    private readonly DeliveredEvents _delivery;
    private readonly PersonalDataVault _vault;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, EventRow> _known;
    private readonly IReadOnlySet<ReceivedEvent> _farAhead;
    private readonly IReadOnlySet<string> _soldBefore;
    private readonly string _messageId;

    public InboxPlan(
        DeliveredEvents delivery,
        IEnumerable<EventRow> known,
        IReadOnlySet<ReceivedEvent> farAhead,
        IReadOnlySet<string> soldBefore,
        PersonalDataVault vault,
        TimeProvider time
    )
    {
        (_delivery, _farAhead, _soldBefore, _vault, _time) = (delivery, farAhead, soldBefore, vault, time);
        _known = known.ToDictionary(row => row.EventId, StringComparer.Ordinal);
        _messageId = Identifiers.New("msg", time);
        Outcome = new DeliveryOutcome(delivery.Content.IsBatch, [.. delivery.Content.Events.Select(Decide)]);
    }

    /// <summary>What the sender is told.</summary>
    public DeliveryOutcome Outcome { get; }

    /// <summary>What goes on record; empty: every event has a fault, so there is nothing to commit.</summary>
    public List<EvidenceDraft> Drafts { get; } = [];

    /// <summary>New events.</summary>
    public List<EventRow> Rows { get; } = [];

    /// <summary>New events that something is wanted in, as their cases see them.</summary>
    public List<CaseEvent> Cases { get; } = [];

    /// <summary>Other events under known ids.</summary>
    public List<EventConflict> Conflicts { get; } = [];

    /// <summary>Whether something waits for the worker.</summary>
    public bool HasWork => Rows.Exists(row => row.State != EventState.Processed);

    /// <summary>The message to keep; null: nothing that was sent is kept.</summary>
    public SignedMessageRow? Message => Rows.Exists(row => row.MessageId is not null) ? MessageRow() : null;

    private Result<EventReceipt> Decide(ReadEvent read)
    {
        if (read.EventId is { } id && _known.TryGetValue(id, out var first))
        {
            return Again(first, read);
        }

        if (!read.Content.Succeeded(out var received, out var faults))
        {
            return faults;
        }

        if (!_delivery.Grants.For(received.Input.Type!).Succeeded(out var granted, out var notGranted))
        {
            return notGranted;
        }

        if (_farAhead.Contains(received))
        {
            return SequenceJumps.Refusal;
        }

        return _delivery.AcceptBy.Succeeded(out var acceptBy, out var unknown)
            ? Accept(read, received, granted, acceptBy)
            : unknown;
    }

    private Result<EventReceipt> Again(EventRow first, ReadEvent read)
    {
        if (!_delivery.Grants.For(first.Type).Succeeded(out var granted, out var notGranted))
        {
            return notGranted;
        }

        var isSame = _vault.OpenBytes(first.Digest).AsSpan().SequenceEqual(read.Digest);
        Drafts.Add(DraftOf(first, granted, isSame ? EventRecords.DeliveredAgain : EventRecords.Conflict, read.Digest));
        if (isSame)
        {
            return EventResponses.Receipt(first, ReceiptStatus.Duplicate, read.Digest);
        }

        Conflicts.Add(new EventConflict(first, read.Digest));
        return EventProblems.Conflict;
    }

    private EventReceipt Accept(ReadEvent read, ReceivedEvent received, GrantedRequest granted, DateTimeOffset acceptBy)
    {
        var row = RowOf(read, received, acceptBy);
        _known.Add(row.EventId, row);
        Rows.Add(row);
        var draft = DraftOf(row, granted, EventRecords.Received, read.Digest) with
        {
            Basis = BasisOf(received.Input.Data),
        };
        Drafts.Add(draft);
        if (!received.WantsNothing)
        {
            Cases.Add(CaseOf(row, draft));
        }

        return EventResponses.Receipt(row, ReceiptStatus.Accepted, read.Digest);
    }

    private SignedMessageRow MessageRow() =>
        new()
        {
            MessageId = _messageId,
            Content = _vault.SealBytes(_delivery.Message.Content.ToArray()),
            Signature = _vault.SealBytes(CmsParts.WithoutContent(_delivery.Message.Signature)),
            Thumbprint = _delivery.Message.Signer.Thumbprint,
            ReceivedAt = _delivery.At,
        };

    private EventRow RowOf(ReadEvent read, ReceivedEvent received, DateTimeOffset acceptBy)
    {
        var isDone = received.WantsNothing && !MayEndAnother(received);
        return new EventRow
        {
            ReceiptId = Identifiers.New("evr", _time),
            Source = _delivery.Source.Name,
            EventId = received.Input.Id!,
            Digest = _vault.SealBytes(read.Digest),
            Type = received.Input.Type!,
            Sequence = received.Sequence,
            StreamId = received.StreamId,
            CaseId = received.CaseId,
            Client = _delivery.Grants.Caller.Id,
            HappenedAt = received.Input.Time!.Value,
            ReceivedAt = _delivery.At,
            AcceptBy = acceptBy,
            MessageId = received.WantsNothing ? null : _messageId,
            Index = read.Index,
            State = isDone ? EventState.Processed : EventState.Received,
            Result = isDone ? EventResults.NothingRequested : null,
            ProcessedAt = isDone ? _delivery.At : null,
            NextAttemptAt = _delivery.At,
            History = "[]",
        };
    }

    /// <summary>A sale in which nothing is ticked still ends what the holder before has open: it has its turn.</summary>
    private bool MayEndAnother(ReceivedEvent received) =>
        received.Input.Type == EventTypes.Transferred
        && (
            _soldBefore.Contains(received.StreamId)
            || Rows.Exists(row => row.StreamId == received.StreamId && row.MessageId is not null)
        );

    private CaseEvent CaseOf(EventRow row, EvidenceDraft draft) =>
        new()
        {
            CaseId = row.CaseId,
            CallerId = _delivery.Source.Options.Office,
            ReportedBy = row.Client,
            Purpose = draft.Purpose,
            ReceiptId = row.ReceiptId,
            ReceivedAt = row.ReceivedAt,
            Policy = _delivery.Policy,
            EvidenceId = draft.EvidenceId,
            IsOpening = row.Type is EventTypes.Opened or EventTypes.Transferred,
            IsWithdrawal = row.Type == EventTypes.Withdrawn,
            Sequence = row.Sequence,
        };

    private static string BasisOf(EventData? data) =>
        data switch
        {
            { Transfer: { } transfer } => TransferRequest.BasisOf(transfer),
            { Consent.Reference: { } consent } => $"consent:{consent}",
            _ => "none stated",
        };

    private EvidenceDraft DraftOf(EventRow row, GrantedRequest granted, string outcome, byte[] digest)
    {
        var evidenceId = Identifiers.New("evd", _time);
        return new EvidenceDraft
        {
            EvidenceId = evidenceId,
            Kind = EvidenceKind.Event,
            CaseId = row.CaseId,
            CaseOwner = _delivery.Source.Options.Office,
            ParentId = row.ReceiptId,
            CallerId = granted.Caller.Id,
            Purpose = granted.Purpose,
            Basis = $"event:{row.ReceiptId}",
            Grants = granted.GrantsText,
            Subject = row.Type,
            Outcome = outcome,
            Detail = $"digest {_vault.DigestFor(evidenceId, Convert.ToHexStringLower(digest))}",
            PolicyVersion = _delivery.Policy.Version,
            At = _delivery.At,
        };
    }
}
