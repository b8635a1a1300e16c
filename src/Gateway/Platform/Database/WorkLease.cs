using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Integration.Gateway.Platform.Database;

/// <summary>
/// Which node does a piece of work that one node does at a time. The holder renews it; a node that died loses it when it runs
/// out, and a node whose clock is astray gives it back.
/// </summary>
internal sealed class WorkLeases(IDbContextFactory<GatewayDb> factory, TimeProvider time, ClusterClock clock)
{
    private readonly string _holder = Identifiers.New("node", time);

    /// <summary>Takes the lease, or renews it.</summary>
    /// <param name="name">The piece of work; at most 64 characters.</param>
    /// <param name="duration">How long it is held from now.</param>
    /// <returns>False: another node holds it, or this node's clock is astray.</returns>
    public async Task<bool> TryHoldAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (clock.IsAstray)
        {
            await ReleaseAsync(name, cancellationToken);
            return false;
        }

        var now = time.GetUtcNow();
        var until = now + duration;
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var renewed = await db.Set<WorkLeaseRow>()
            .Where(row => row.Name == name && (row.Holder == _holder || row.Until <= now))
            .ExecuteUpdateAsync(
                row => row.SetProperty(lease => lease.Holder, _holder).SetProperty(lease => lease.Until, until),
                cancellationToken
            );
        return renewed == 1 || await TryMakeAsync(db, name, until, cancellationToken);
    }

    /// <summary>Gives the lease back; nothing happens when another node holds it.</summary>
    public async Task ReleaseAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        await db.Set<WorkLeaseRow>()
            .Where(row => row.Name == name && row.Holder == _holder)
            .ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> TryMakeAsync(
        GatewayDb db,
        string name,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        if (await db.Set<WorkLeaseRow>().AnyAsync(row => row.Name == name, cancellationToken))
        {
            return false;
        }

        db.Add(
            new WorkLeaseRow
            {
                Name = name,
                Holder = _holder,
                Until = until,
            }
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException) when (db.Set<WorkLeaseRow>().AsNoTracking().Any(row => row.Name == name))
        {
            return false; // another node was faster
        }
    }
}

/// <summary>Who does a piece of work, and until when.</summary>
internal sealed class WorkLeaseRow
{
    public required string Name { get; init; }

    public required string Holder { get; set; }

    public required DateTimeOffset Until { get; set; }
}

internal sealed class WorkLeaseRowConfiguration : IEntityTypeConfiguration<WorkLeaseRow>
{
    public void Configure(EntityTypeBuilder<WorkLeaseRow> builder)
    {
        builder.ToTable("WorkLeases").HasKey(row => row.Name);
        builder.Property(row => row.Name).HasMaxLength(64);
        builder.Property(row => row.Holder).HasMaxLength(64);
    }
}
