using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.JointApplications.Places;

/// <summary>
/// Where a joint application is about, and for whom. Two that are opened at the same moment for one applicant want the same turn, and
/// the unique index lets one of them have it; the other looks again. Turns are never used twice, so rows stay when all legs have ended.
/// </summary>
internal sealed class PlaceRow
{
    public required string JointId { get; init; }

    public required string CallerId { get; init; }

    /// <summary>Keyed hash of the caller, the kind and everything the applicant is said to be.</summary>
    public required SubjectHash Claimed { get; init; }

    /// <summary>Counts the applications with the same <see cref="Claimed"/>, from 1.</summary>
    public required int ClaimedTurn { get; init; }

    /// <summary>Keyed hash of the kind and the applicant's number, of every caller.</summary>
    public required SubjectHash Applicant { get; init; }

    /// <summary>Counts the applications of a proven <see cref="Applicant"/>, from 1; null: not proven, or another has the place.</summary>
    public int? Turn { get; set; }

    public SubjectHash? Unit { get; set; }

    public SubjectHash? Certificate { get; set; }

    public required SubjectHash Address { get; init; }

    /// <summary>Whether a leg has not ended.</summary>
    public bool IsOpen { get; set; } = true;

    public PlaceKey Place() => new(Unit, Certificate, Address);
}

internal sealed class PlaceRowConfiguration : IEntityTypeConfiguration<PlaceRow>
{
    public void Configure(EntityTypeBuilder<PlaceRow> builder)
    {
        builder.ToTable("JointPlaces").HasKey(row => row.JointId);
        builder.HasIndex(row => new { row.Claimed, row.ClaimedTurn }).IsUnique();
        builder.HasIndex(row => new { row.Applicant, row.Turn }).IsUnique();
        builder.HasIndex(row => row.Unit);
        builder.HasIndex(row => row.Certificate);
        builder.HasIndex(row => row.Address);
        builder.Property(row => row.JointId).HasMaxLength(64);
        builder.Property(row => row.CallerId).HasMaxLength(128);
    }
}
