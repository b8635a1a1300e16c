using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Platform.Timers;

/// <summary>Something that has to happen at a time. The row is the truth; the scheduler is its alarm clock.</summary>
internal sealed class TimerRow
{
    /// <summary>Which handler.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, e.g. an application's number. Never personal data.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    /// <summary>How often the handler failed until its retries were spent; 0 when all is well.</summary>
    public int Failures { get; set; }

    /// <summary>The kind of the last failure; null when all is well.</summary>
    public string? LastFailure { get; set; }
}

internal sealed class TimerRowConfiguration : IEntityTypeConfiguration<TimerRow>
{
    public void Configure(EntityTypeBuilder<TimerRow> builder)
    {
        builder.ToTable("Timers").HasKey(row => new { row.Kind, row.Key });
        builder.HasIndex(row => row.DueAt);
        builder.Property(row => row.Kind).HasMaxLength(40);
        builder.Property(row => row.Key).HasMaxLength(100);
        builder.Property(row => row.LastFailure).HasMaxLength(200);
    }
}
