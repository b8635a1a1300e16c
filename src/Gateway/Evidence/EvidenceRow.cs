using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Evidence;

/// <summary>One link of a hash chain. Written only by <see cref="EvidenceBatch"/>, never changed.</summary>
internal sealed record EvidenceRow
{
    /// <summary>The chain of the node that wrote it.</summary>
    public required string Chain { get; init; }

    /// <summary>Position in the chain, from 1, without gaps.</summary>
    public required long Sequence { get; init; }

    public required string EvidenceId { get; init; }

    public required string CaseId { get; init; }

    public required string CallerId { get; init; }

    /// <summary>The record in canonical form; see docs/spec/evidence.md.</summary>
    public required string Record { get; init; }

    /// <summary>SHA-256 of the link before; 32 zero bytes for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>SHA-256 of this link, see <see cref="EvidenceChain.HashOf"/>.</summary>
    public required byte[] Hash { get; init; }
}

internal sealed class EvidenceRowConfiguration : IEntityTypeConfiguration<EvidenceRow>
{
    public void Configure(EntityTypeBuilder<EvidenceRow> builder)
    {
        builder.ToTable("Evidence").HasKey(row => new { row.Chain, row.Sequence });
        builder.HasIndex(row => row.EvidenceId).IsUnique();
        builder.HasIndex(row => row.CaseId);
        builder.Property(row => row.Chain).HasMaxLength(64);
        builder.Property(row => row.EvidenceId).HasMaxLength(64);
        builder.Property(row => row.CaseId).HasMaxLength(64);
        builder.Property(row => row.CallerId).HasMaxLength(128);
    }
}
