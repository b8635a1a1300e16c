using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Limits;

/// <summary>How many of a day's number the nodes have reserved together.</summary>
internal sealed record DailyQuotaRow
{
    /// <summary>What is counted, e.g. <c>agency:population-registry</c>, <c>caller:hall</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The day, UTC+8.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Only grows, and never above the limit.</summary>
    public required long Reserved { get; init; }
}

internal sealed class DailyQuotaRowConfiguration : IEntityTypeConfiguration<DailyQuotaRow>
{
    public void Configure(EntityTypeBuilder<DailyQuotaRow> builder)
    {
        builder.ToTable("DailyQuotas").HasKey(row => new { row.Name, row.Day });
        builder.Property(row => row.Name).HasMaxLength(160);
    }
}
