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

    /// <summary>The client whose case it is. Not part of the record: see <see cref="CaseEvidence"/>.</summary>
    public required string CaseOwner { get; init; }

    public required string CallerId { get; init; }

    /// <summary>The record's kind, by which a case is inspected without reading all of its records.</summary>
    public required string Kind { get; init; }

    /// <summary>When the recorded thing happened.</summary>
    public required DateTimeOffset At { get; init; }

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
        builder.HasIndex(row => new
        {
            row.CaseOwner,
            row.CaseId,
            row.At,
            row.Sequence,
            row.Kind,
        });
        builder.Property(row => row.Chain).HasMaxLength(64);
        builder.Property(row => row.EvidenceId).HasMaxLength(64);
        builder.Property(row => row.CaseId).HasMaxLength(64);
        builder.Property(row => row.CaseOwner).HasMaxLength(128);
        builder.Property(row => row.CallerId).HasMaxLength(128);
        builder.Property(row => row.Kind).HasMaxLength(32);
    }
}
