using Integration.Gateway.Applications.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Applications;

/// <summary>An application as stored: the request sealed field by field, the document beside it.</summary>
internal sealed class ApplicationRow : IVersionedRow
{
    public required string ApplicationId { get; init; }

    public required string CaseId { get; init; }

    public required string CallerId { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The request as it came, personal fields sealed. Never changed.</summary>
    public required ProtectedJson Request { get; init; }

    /// <summary>An <see cref="Application"/> as JSON.</summary>
    public required string Dossier { get; set; }

    /// <summary>The last answer as it was sent, signed.</summary>
    public required byte[] Answer { get; set; }

    /// <summary>Why it was taken back, in the applicant's words.</summary>
    public ProtectedText? WithdrawalReason { get; set; }

    public required int Version { get; set; }
}

internal sealed class ApplicationRowConfiguration : IEntityTypeConfiguration<ApplicationRow>
{
    public void Configure(EntityTypeBuilder<ApplicationRow> builder)
    {
        builder.ToTable("Applications").HasKey(row => row.ApplicationId);
        builder.HasIndex(row => new { row.CallerId, row.CaseId });
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.Property(row => row.ApplicationId).HasMaxLength(64);
        builder.Property(row => row.CaseId).HasMaxLength(64);
        builder.Property(row => row.CallerId).HasMaxLength(128);
    }
}
