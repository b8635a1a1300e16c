using Integration.Contracts.V1.Events;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Inbox;

/// <summary>
/// Which node works on which enterprise. A node claims all waiting events of a stream or none, so no two nodes work on one
/// stream; the node that works renews, and the claims of a node that died run out. That an event has its effect once does not rest
/// on this but on <see cref="EventRow.Version"/>; so a claim is one conditional statement beside the units of work, as in
/// <see cref="WorkLeases"/>. A node whose clock is astray claims nothing and gives back what it has. SQLite has one
/// node, which needs no claims.
/// </summary>
internal sealed class EventClaims(
    IDbContextFactory<GatewayDb> factory,
    IOptions<DatabaseOptions> database,
    TimeProvider time,
    ClusterClock clock
)
{
    /// <summary>How long a claim lasts unless it is renewed: with the look of every second, a dead node's work goes on within 10 s.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    /// <summary>How often claims are renewed.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);

    private readonly string _node = Identifiers.New("node", time);

    /// <summary>Whether the inbox is shared.</summary>
    public bool AreNeeded => database.Value.Provider == DatabaseProvider.Postgresql;

    /// <summary>Whether this node may work at all: its clock is not astray.</summary>
    public bool MayClaim => !clock.IsAstray;

    /// <summary>Claims what waits of a stream.</summary>
    /// <returns>False: another node works on it, nothing waits, or this node may not claim.</returns>
    public async Task<bool> TryTakeAsync(string streamId, CancellationToken cancellationToken)
    {
        if (!AreNeeded)
        {
            return true;
        }

        if (!MayClaim)
        {
            return false;
        }

        var now = time.GetUtcNow();
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // One claim of a stream at a time: a row that is being inserted cannot be locked.
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({streamId}, 0))",
            cancellationToken
        );
        var undone = Undone(db).Where(row => row.StreamId == streamId);
        var taken = await undone
            .Where(_ => !undone.Any(row => row.ClaimedBy != _node && row.ClaimedUntil > now))
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(claimed => claimed.ClaimedBy, _node)
                        .SetProperty(claimed => claimed.ClaimedUntil, now + Lease),
                cancellationToken
            );
        await transaction.CommitAsync(cancellationToken);
        return taken > 0;
    }

    /// <summary>Prolongs every claim of this node that has not run out; ends them when the node may not claim any more.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        if (!MayClaim)
        {
            await EndAsync(Undone(db).Where(row => row.ClaimedBy == _node), cancellationToken);
            return;
        }

        await Undone(db)
            .Where(row => row.ClaimedBy == _node && row.ClaimedUntil > now)
            .ExecuteUpdateAsync(
                row => row.SetProperty(claimed => claimed.ClaimedUntil, now + Lease),
                cancellationToken
            );
    }

    /// <summary>Ends the claim of this node on a stream.</summary>
    public async Task ReleaseAsync(string streamId)
    {
        if (!AreNeeded)
        {
            return;
        }

        await using var db = await factory.CreateDbContextAsync();
        await EndAsync(
            Undone(db).Where(row => row.StreamId == streamId && row.ClaimedBy == _node),
            CancellationToken.None
        );
    }

    /// <summary>Leaves out streams of which another node has claimed something.</summary>
    public IQueryable<EventRow> Free(GatewayDb db, IQueryable<EventRow> rows, DateTimeOffset now)
    {
        var claimed = Undone(db).Where(row => row.ClaimedBy != _node && row.ClaimedUntil > now);
        return AreNeeded ? rows.Where(row => !claimed.Any(other => other.StreamId == row.StreamId)) : rows;
    }

    /// <summary>Events that are neither processed nor dead letters.</summary>
    public static IQueryable<EventRow> Undone(GatewayDb db) =>
        db.Set<EventRow>().Where(row => row.State == EventState.Received || row.State == EventState.WaitingForEarlier);

    private static Task EndAsync(IQueryable<EventRow> rows, CancellationToken cancellationToken) =>
        rows.ExecuteUpdateAsync(
            row =>
                row.SetProperty(claimed => claimed.ClaimedBy, (string?)null)
                    .SetProperty(claimed => claimed.ClaimedUntil, (DateTimeOffset?)null),
            cancellationToken
        );
}
