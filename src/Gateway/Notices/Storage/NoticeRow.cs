using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Notices.Storage;

/// <summary>One notice to one subscriber.</summary>
internal sealed class NoticeRow
{
    /// <summary><c>ntc_…</c>; sorts by time, which is the order of delivery.</summary>
    public required string NoticeId { get; init; }

    public required string Subscriber { get; init; }

    /// <summary>Whose case it is: case numbers are the callers' own.</summary>
    public required string CallerId { get; init; }

    public required string CaseId { get; init; }

    public required string Type { get; init; }

    /// <summary>What is said, as JSON.</summary>
    public required string Data { get; init; }

    public required DateTimeOffset At { get; init; }

    public NoticeState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>Those attempts that the subscriber refused for good.</summary>
    public int Refusals { get; set; }

    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>The last answer's status or the kind of failure; null before the first attempt.</summary>
    public string? LastFailure { get; set; }

    /// <summary>When the first attempt began: for how long it is sent again counts from here. Null before it, and again after a replay.</summary>
    public DateTimeOffset? FirstAttemptAt { get; set; }

    public DateTimeOffset? LastAttemptAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }
}

/// <summary>Where a notice stands.</summary>
internal enum NoticeState
{
    Waiting,
    Delivered,
    DeadLetter,

    /// <summary>A dead letter that operators laid aside.</summary>
    Dismissed,
}

internal sealed class NoticeRowConfiguration : IEntityTypeConfiguration<NoticeRow>
{
    public void Configure(EntityTypeBuilder<NoticeRow> builder)
    {
        builder.ToTable("Notices").HasKey(row => row.NoticeId);
        builder.HasIndex(row => new
        {
            row.Subscriber,
            row.State,
            row.NoticeId,
        });
        builder.HasIndex(row => new { row.CallerId, row.CaseId });
        builder.HasIndex(row => new { row.State, row.At });
        builder.Property(row => row.NoticeId).HasMaxLength(64);
        builder.Property(row => row.Subscriber).HasMaxLength(32);
        builder.Property(row => row.CallerId).HasMaxLength(128);
        builder.Property(row => row.CaseId).HasMaxLength(64);
        builder.Property(row => row.Type).HasMaxLength(64);
        builder.Property(row => row.LastFailure).HasMaxLength(200);
    }
}
