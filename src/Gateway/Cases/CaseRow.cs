using Integration.Gateway.Cases.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Cases;

/// <summary>A case as stored: the document, and beside it what it is looked up by.</summary>
internal sealed class CaseRow : IVersionedRow
{
    /// <summary><see cref="KeyOf"/>.</summary>
    public required string CaseKey { get; init; }

    public required string CaseId { get; init; }

    public required string CallerId { get; init; }

    public string? ReportedBy { get; set; }

    public string? ServiceType { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>A <see cref="Case"/> as JSON.</summary>
    public required string File { get; set; }

    public required int Version { get; set; }

    /// <summary>The times beside the document.</summary>
    public StoredTimes Times() => new(OpenedAt, AcceptedAt, ClosedAt);

    /// <summary>Case numbers are the callers' own, so two callers may use the same one.</summary>
    public static string KeyOf(string callerId, string caseId) => CaseEvidence.KeyOf(callerId, caseId);
}

internal sealed class CaseRowConfiguration : IEntityTypeConfiguration<CaseRow>
{
    public void Configure(EntityTypeBuilder<CaseRow> builder)
    {
        builder.ToTable("Cases").HasKey(row => row.CaseKey);
        builder.HasIndex(row => new { row.CaseId, row.ReportedBy });
        builder.HasIndex(row => new { row.ServiceType, row.ClosedAt });
        builder.HasIndex(row => row.AcceptedAt);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.Property(row => row.CaseKey).HasMaxLength(64);
        builder.Property(row => row.CaseId).HasMaxLength(64);
        builder.Property(row => row.CallerId).HasMaxLength(128);
        builder.Property(row => row.ReportedBy).HasMaxLength(128);
        builder.Property(row => row.ServiceType).HasMaxLength(64);
    }
}
