using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Events.Inbox;

/// <summary>One event in the inbox. Never deleted: its id is taken for ever.</summary>
internal sealed class EventRow : IVersionedRow
{
    public required string ReceiptId { get; init; }

    public required string Source { get; init; }

    /// <summary>The event's number at the source.</summary>
    public required string EventId { get; init; }

    /// <summary>SHA-256 of the event as it was sent, in a batch of the element's own bytes; sealed, because the receipt says it and it may give the event away.</summary>
    public required ProtectedText Digest { get; init; }

    public required string Type { get; init; }

    /// <summary>Null: the source does not count.</summary>
    public long? Sequence { get; init; }

    /// <summary>The events of one enterprise, or of one property, at one source; see <see cref="StreamRow"/>.</summary>
    public required string StreamId { get; init; }

    public required string CaseId { get; init; }

    /// <summary>The client that delivered it first.</summary>
    public required string Client { get; init; }

    /// <summary>When it happened, by the source's word.</summary>
    public required DateTimeOffset HappenedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset AcceptBy { get; init; }

    /// <summary>The signed message it came in; null: nothing was requested, so no more than this row is kept.</summary>
    public string? MessageId { get; init; }

    /// <summary>Its place in a batch; 0 when it came alone.</summary>
    public int Index { get; init; }

    public EventState State { get; set; }

    /// <summary>One of <c>EventResults</c>; null until it is processed.</summary>
    public string? Result { get; set; }

    /// <summary>The application that it led to, of a transfer the joint one.</summary>
    public string? ApplicationId { get; set; }

    public DateTimeOffset? ProcessedAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>Not before this moment.</summary>
    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Until when a node has it to itself; null: no node has claimed it.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>Which node.</summary>
    public string? ClaimedBy { get; set; }

    /// <summary>Kind of the last failure; no personal data.</summary>
    public string? LastFailure { get; set; }

    /// <summary>What happened to it after it was received, as JSON (<c>EventHistoryEntry[]</c>).</summary>
    public required string History { get; set; }

    /// <summary>The receipt as CMS, sealed; null until it is asked for the first time. Every reader gets the same bytes.</summary>
    public ProtectedText? Receipt { get; set; }

    public int Version { get; set; }
}

/// <summary>The signed bytes of one delivery, sealed, and the signature over them (电子签名法 Art. 13).</summary>
internal sealed class SignedMessageRow
{
    public required string MessageId { get; init; }

    public required ProtectedText Content { get; init; }

    /// <summary>The CMS as it came; a signature that carried its content is kept without it.</summary>
    public required ProtectedText Signature { get; init; }

    public required string Thumbprint { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>How far the events of one enterprise, or of one property, at one source have come.</summary>
internal sealed class StreamRow : IVersionedRow
{
    /// <summary>Keyed hash of source and credit code, or unit (else certificate) number.</summary>
    public required string StreamId { get; init; }

    public required string Source { get; init; }

    public required string CaseId { get; init; }

    public StreamState State { get; set; }

    /// <summary>Highest sequence that was processed; 0 before the first.</summary>
    public long LastSequence { get; set; }

    /// <summary>The application in force.</summary>
    public string? ApplicationId { get; set; }

    /// <summary>The event whose content is in force.</summary>
    public string? ReceiptId { get; set; }

    public int Version { get; set; }
}

internal sealed class EventRowConfiguration : IEntityTypeConfiguration<EventRow>
{
    public void Configure(EntityTypeBuilder<EventRow> builder)
    {
        builder.ToTable("Events").HasKey(row => row.ReceiptId);
        builder.HasIndex(row => new { row.Source, row.EventId }).IsUnique();
        builder.HasIndex(row => new { row.State, row.NextAttemptAt });
        builder.HasIndex(row => new { row.StreamId, row.Sequence });
        builder.HasIndex(row => new { row.Source, row.CaseId });
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.Property(row => row.ReceiptId).HasMaxLength(64);
        builder.Property(row => row.Source).HasMaxLength(128);
        builder.Property(row => row.EventId).HasMaxLength(128);
        builder.Property(row => row.Type).HasMaxLength(64);
        builder.Property(row => row.StreamId).HasMaxLength(64);
        builder.Property(row => row.CaseId).HasMaxLength(64);
        builder.Property(row => row.Client).HasMaxLength(128);
        builder.Property(row => row.MessageId).HasMaxLength(64);
        builder.Property(row => row.Result).HasMaxLength(64);
        builder.Property(row => row.ApplicationId).HasMaxLength(64);
        builder.Property(row => row.ClaimedBy).HasMaxLength(64);
        builder.Property(row => row.LastFailure).HasMaxLength(200);
    }
}

internal sealed class SignedMessageRowConfiguration : IEntityTypeConfiguration<SignedMessageRow>
{
    public void Configure(EntityTypeBuilder<SignedMessageRow> builder)
    {
        builder.ToTable("SignedMessages").HasKey(row => row.MessageId);
        builder.Property(row => row.MessageId).HasMaxLength(64);
        builder.Property(row => row.Thumbprint).HasMaxLength(64);
    }
}

internal sealed class StreamRowConfiguration : IEntityTypeConfiguration<StreamRow>
{
    public void Configure(EntityTypeBuilder<StreamRow> builder)
    {
        builder.ToTable("EventStreams").HasKey(row => row.StreamId);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.Property(row => row.StreamId).HasMaxLength(64);
        builder.Property(row => row.Source).HasMaxLength(128);
        builder.Property(row => row.CaseId).HasMaxLength(64);
        builder.Property(row => row.ApplicationId).HasMaxLength(64);
        builder.Property(row => row.ReceiptId).HasMaxLength(64);
    }
}
