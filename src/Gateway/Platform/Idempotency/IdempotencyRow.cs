using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Platform.Idempotency;

/// <summary>An answer that was given, kept so that it can be given again.</summary>
internal sealed record IdempotencyRow
{
    public required string CallerId { get; init; }

    /// <summary>Keyed hash of the caller's <c>Idempotency-Key</c>: whatever a caller puts there is not stored.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 over operation and body.</summary>
    public required byte[] Digest { get; init; }

    public required int Status { get; init; }

    /// <summary>The body of the answer as it was sent.</summary>
    public required ProtectedText Body { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class IdempotencyRowConfiguration : IEntityTypeConfiguration<IdempotencyRow>
{
    public void Configure(EntityTypeBuilder<IdempotencyRow> builder)
    {
        builder.ToTable("Idempotency").HasKey(row => new { row.CallerId, row.Key });
        builder.Property(row => row.CallerId).HasMaxLength(128);
        builder.Property(row => row.Key).HasMaxLength(128);
    }
}
