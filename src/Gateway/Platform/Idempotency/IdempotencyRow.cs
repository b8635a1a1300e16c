using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Platform.Idempotency;

/// <summary>An answer that was given, kept so that it can be given again.</summary>
internal sealed record IdempotencyRow
{
    public required string CallerId { get; init; }

    /// <summary>Keyed hash of the caller's <c>Idempotency-Key</c>: the caller's own text is not stored.</summary>
    public required string Key { get; init; }

    /// <summary>Keyed digest of operation and body: a plain one could be reversed by trying identity numbers.</summary>
    public required byte[] Digest { get; init; }

    public required int Status { get; init; }

    /// <summary>The body of the answer as it was sent; null when only the key of an effect is remembered any more.</summary>
    public required ProtectedText? Body { get; init; }

    /// <summary>What the answer rests on (<see cref="IPermission.Scope"/>), separated by spaces.</summary>
    public required string Scope { get; init; }

    /// <summary>It stands for something done at an agency, which must not be done twice.</summary>
    public required bool IsEffect { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When the answer, and then the key of an effect, is to be deleted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class IdempotencyRowConfiguration : IEntityTypeConfiguration<IdempotencyRow>
{
    public void Configure(EntityTypeBuilder<IdempotencyRow> builder)
    {
        builder.ToTable("Idempotency").HasKey(row => new { row.CallerId, row.Key });
        builder.HasIndex(row => row.ExpiresAt);
        builder.Property(row => row.CallerId).HasMaxLength(128);
        builder.Property(row => row.Key).HasMaxLength(128);
    }
}
