using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Verifications.Recording;

/// <summary>A verification that was made. Written once.</summary>
internal sealed record VerificationRow
{
    public required string VerificationId { get; init; }

    public required string CaseId { get; init; }

    public required string CallerId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The request as it came, personal fields sealed.</summary>
    public required ProtectedJson Request { get; init; }

    /// <summary>The answer as it was sent: it names fields, never their values.</summary>
    public required byte[] Answer { get; init; }
}

/// <summary>A person, enterprise or thing that an agency was asked about, for "who asked about me".</summary>
internal sealed record SubjectRow
{
    /// <summary>The verification or application.</summary>
    public required string ParentId { get; init; }

    public required SubjectHash Subject { get; init; }

    /// <summary>The caller who asked.</summary>
    public required string CallerId { get; init; }

    public required string CaseId { get; init; }

    public required string Purpose { get; init; }

    /// <summary>The first time under this parent.</summary>
    public required DateTimeOffset At { get; init; }
}

internal sealed class VerificationRowConfiguration : IEntityTypeConfiguration<VerificationRow>
{
    public void Configure(EntityTypeBuilder<VerificationRow> builder)
    {
        builder.ToTable("Verifications").HasKey(row => row.VerificationId);
        builder.HasIndex(row => new { row.CallerId, row.CaseId });
        builder.Property(row => row.VerificationId).HasMaxLength(64);
        builder.Property(row => row.CaseId).HasMaxLength(64);
        builder.Property(row => row.CallerId).HasMaxLength(128);
    }
}

internal sealed class SubjectRowConfiguration : IEntityTypeConfiguration<SubjectRow>
{
    public void Configure(EntityTypeBuilder<SubjectRow> builder)
    {
        builder.ToTable("Subjects").HasKey(row => new { row.ParentId, row.Subject });
        builder.HasIndex(row => row.Subject);
        builder.Property(row => row.ParentId).HasMaxLength(64);
        builder.Property(row => row.Subject).HasMaxLength(64);
        builder.Property(row => row.CaseId).HasMaxLength(64);
        builder.Property(row => row.CallerId).HasMaxLength(128);
        builder.Property(row => row.Purpose).HasMaxLength(64);
    }
}
