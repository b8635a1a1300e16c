using System.Security.Cryptography;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Platform.Timers;

/// <summary>Something that has to happen at a time.</summary>
internal sealed class TimerRow
{
    /// <summary>Which handler.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, e.g. an application's number. Never personal data.</summary>
    public required string Key { get; init; }

    /// <summary>When its handler runs, or runs again after a failure.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Another one each time the timer is set: a handler that ran meanwhile does not end what was set since.</summary>
    public long Revision { get; private set; } = NewRevision();

    /// <summary>The node that runs its handler; null: none, or the only node there is.</summary>
    public string? ClaimedBy { get; private set; }

    /// <summary>Until when no other node may run it.</summary>
    public DateTimeOffset? ClaimedUntil { get; private set; }

    /// <summary>How often the handler has failed since its retries began; 0 when all is well.</summary>
    public int Retries { get; private set; }

    /// <summary>How often the handler failed until its retries were spent; 0 when all is well.</summary>
    public int Failures { get; set; }

    /// <summary>The kind of the last failure; null when all is well.</summary>
    public string? LastFailure { get; set; }

    /// <summary>Sets a timer that is there already. Everything is written, because the engine may have changed the row since it was read.</summary>
    public void MoveTo(DateTimeOffset dueAt, EntityEntry<TimerRow> entry)
    {
        (DueAt, Revision, Retries, Failures, LastFailure) = (StoredTime.From(dueAt), NewRevision(), 0, 0, null);
        if (entry.State is EntityState.Unchanged or EntityState.Modified)
        {
            entry.Property(row => row.DueAt).IsModified = true;
            entry.Property(row => row.Retries).IsModified = true;
            entry.Property(row => row.Failures).IsModified = true;
            entry.Property(row => row.LastFailure).IsModified = true;
        }
    }

    private static long NewRevision() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
}

internal sealed class TimerRowConfiguration : IEntityTypeConfiguration<TimerRow>
{
    public void Configure(EntityTypeBuilder<TimerRow> builder)
    {
        builder.ToTable("Timers").HasKey(row => new { row.Kind, row.Key });
        builder.HasIndex(row => row.DueAt);
        builder.HasIndex(row => row.Failures).HasFilter("\"Failures\" > 0"); // the few that fail
        builder.Property(row => row.Kind).HasMaxLength(40);
        builder.Property(row => row.Key).HasMaxLength(100);
        builder.Property(row => row.ClaimedBy).HasMaxLength(64);
        builder.Property(row => row.LastFailure).HasMaxLength(200);
    }
}
