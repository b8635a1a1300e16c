using System.Security.Cryptography;
using System.Text;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Cases;

/// <summary>How many clocks of a team turned yellow in a row: since the last that ended on plan, or since it was told.</summary>
internal sealed class TeamRow : IVersionedRow
{
    /// <summary><see cref="KeyOf"/>.</summary>
    public required string Team { get; init; }

    /// <summary>The client whose cases the team works on.</summary>
    public required string CallerId { get; init; }

    /// <summary>The case of the last of them.</summary>
    public required string CaseId { get; set; }

    public required int Yellows { get; set; }

    public required int Version { get; set; }

    /// <summary>A team is one within its office.</summary>
    public static string KeyOf(string callerId, string team) =>
        $"tea_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{callerId}\n{team}")).AsSpan(0, 16))}";
}

internal sealed class TeamRowConfiguration : IEntityTypeConfiguration<TeamRow>
{
    public void Configure(EntityTypeBuilder<TeamRow> builder)
    {
        builder.ToTable("Teams").HasKey(row => row.Team);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.Property(row => row.Team).HasMaxLength(200);
        builder.Property(row => row.CallerId).HasMaxLength(128);
        builder.Property(row => row.CaseId).HasMaxLength(64);
    }
}
