using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.JointApplications;

/// <summary>A joint application as stored: the form sealed, the joint application beside it.</summary>
internal sealed class JointApplicationRow : IVersionedRow
{
    public required string JointId { get; init; }

    public required string CaseId { get; init; }

    public required string CallerId { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The form; a leg that is sent again may complete it.</summary>
    public required ProtectedJson Form { get; set; }

    /// <summary>A <see cref="JointApplication"/>; what providers and callers wrote in it is sealed.</summary>
    public required ProtectedJson File { get; set; }

    public required int Version { get; set; }
}

internal sealed class JointRowConfiguration : IEntityTypeConfiguration<JointApplicationRow>
{
    public void Configure(EntityTypeBuilder<JointApplicationRow> builder)
    {
        builder.ToTable("JointApplications").HasKey(row => row.JointId);
        builder.HasIndex(row => new { row.CallerId, row.CaseId });
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.Property(row => row.JointId).HasMaxLength(64);
        builder.Property(row => row.CaseId).HasMaxLength(64);
        builder.Property(row => row.CallerId).HasMaxLength(128);
    }
}

/// <summary>A status as a provider said it. Never changed.</summary>
internal sealed class LegStatusRow
{
    /// <summary>The provider.</summary>
    public required string Utility { get; init; }

    /// <summary>The provider's number of the status, or a keyed one where that would give a person away: with the provider unique for ever.</summary>
    public required string StatusId { get; init; }

    public required string LegId { get; init; }

    /// <summary>When it happened, as the provider says.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Keyed digest of what was said.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>Everything that was said, the code as it came too.</summary>
    public required ProtectedText Raw { get; init; }

    /// <summary>What it did, in camel case.</summary>
    public required string Effect { get; init; }
}

internal sealed class LegStatusRowConfiguration : IEntityTypeConfiguration<LegStatusRow>
{
    public void Configure(EntityTypeBuilder<LegStatusRow> builder)
    {
        builder.ToTable("LegStatuses").HasKey(row => new { row.Utility, row.StatusId });
        builder.HasIndex(row => row.LegId);
        builder.Property(row => row.Utility).HasMaxLength(16);
        builder.Property(row => row.StatusId).HasMaxLength(128);
        builder.Property(row => row.LegId).HasMaxLength(100);
        builder.Property(row => row.Effect).HasMaxLength(16);
    }
}

/// <summary>A leg that waits on a provider's work list.</summary>
internal sealed class WorkListRow
{
    public required string LegId { get; init; }

    public required string Utility { get; init; }

    /// <summary>What the joint application is for; a client sees the purposes that its grants name.</summary>
    public required string Purpose { get; init; }

    /// <summary>A <see cref="Contracts.V1.JointApplications.WorkKind"/> in camel case.</summary>
    public required string Work { get; init; }

    public required DateTimeOffset Since { get; init; }
}

internal sealed class WorkListRowConfiguration : IEntityTypeConfiguration<WorkListRow>
{
    public void Configure(EntityTypeBuilder<WorkListRow> builder)
    {
        builder.ToTable("WorkList").HasKey(row => new { row.LegId, row.Work });
        builder.HasIndex(row => new { row.Utility, row.Since });
        builder.Property(row => row.LegId).HasMaxLength(100);
        builder.Property(row => row.Utility).HasMaxLength(16);
        builder.Property(row => row.Purpose).HasMaxLength(64);
        builder.Property(row => row.Work).HasMaxLength(16);
    }
}
