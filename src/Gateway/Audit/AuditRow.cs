using Integration.Contracts.V1.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Audit;

/// <summary>One thing that was done to the gateway. Written only by <see cref="AuditTrail"/>, never changed.</summary>
internal sealed record AuditRow
{
    /// <summary><c>aud_…</c>; sorts by time.</summary>
    public required string AuditId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Node { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Subject { get; init; }

    public required AuditOutcome Outcome { get; init; }

    /// <summary>The particulars, of any length. Never personal data, never a secret.</summary>
    public string? Detail { get; init; }
}

internal sealed class AuditRowConfiguration : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("Audit").HasKey(row => row.AuditId);
        builder.Property(row => row.AuditId).HasMaxLength(64);
        builder.Property(row => row.Node).HasMaxLength(128);
        builder.Property(row => row.Actor).HasMaxLength(128);
        builder.Property(row => row.Action).HasMaxLength(64);
        builder.Property(row => row.Subject).HasMaxLength(256);
        builder.Property(row => row.Outcome).HasConversion<string>().HasMaxLength(16);
    }
}
