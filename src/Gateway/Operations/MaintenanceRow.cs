using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Operations;

/// <summary>An agency that is out of service now; the row goes when the maintenance ends, its history is the audit trail.</summary>
internal sealed class MaintenanceRow
{
    public required string Agency { get; init; }

    public required string Reason { get; set; }

    public required DateTimeOffset Since { get; init; }

    public DateTimeOffset? Until { get; set; }

    /// <summary>The operator's client that said so last.</summary>
    public required string Actor { get; set; }
}

internal sealed class MaintenanceRowConfiguration : IEntityTypeConfiguration<MaintenanceRow>
{
    public void Configure(EntityTypeBuilder<MaintenanceRow> builder)
    {
        builder.ToTable("Maintenance").HasKey(row => row.Agency);
        builder.Property(row => row.Agency).HasMaxLength(64);
        builder.Property(row => row.Reason).HasMaxLength(200);
        builder.Property(row => row.Actor).HasMaxLength(128);
    }
}
