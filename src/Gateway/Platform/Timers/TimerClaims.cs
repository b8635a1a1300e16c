using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Timers;

/// <summary>
/// Which node runs which timers. A node claims what is due, renews its claims while the handlers run, and gives them back; the claims of
/// a node that died run out. SQLite has one node, which needs no claims: what it runs it knows itself. A node whose clock is astray
/// claims nothing.
/// </summary>
internal sealed class TimerClaims(
    IDbContextFactory<GatewayDb> factory,
    IOptions<DatabaseOptions> database,
    TimeProvider time,
    ClusterClock clock
)
{
    /// <summary>How long a claim lasts unless it is renewed: with the look of every second, a dead node's timers go on within 10 s.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    /// <summary>How often claims are renewed.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);

    private readonly string _node = Identifiers.New("node", time);

    /// <summary>Whether there may be other nodes.</summary>
    public bool AreNeeded => database.Value.Provider == DatabaseProvider.Postgresql;

    /// <summary>Claims timers that are due, the longest due first.</summary>
    /// <param name="now">What is due then.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="running">What this node runs already.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<TimerRow>> TakeAsync(
        DateTimeOffset now,
        int most,
        IReadOnlyCollection<TimerName> running,
        CancellationToken cancellationToken
    )
    {
        if (clock.IsAstray)
        {
            return [];
        }

        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        if (!AreNeeded)
        {
            var due = await db.Set<TimerRow>()
                .AsNoTracking()
                .Where(row => row.DueAt <= now)
                .OrderBy(row => row.DueAt)
                .Take(most + running.Count)
                .ToListAsync(cancellationToken);
            return [.. due.Where(row => !running.Contains(TimerName.From(row))).Take(most)];
        }

        var (at, until) = (StoredTime.From(now), StoredTime.From(now + Lease)); // as the columns have it: SQL of our own is not converted
        var taken = await db.Set<TimerRow>()
            .FromSql(
                $"""
                WITH due AS MATERIALIZED (
                    SELECT "Kind", "Key" FROM "Timers"
                    WHERE "DueAt" <= {at} AND ("ClaimedUntil" IS NULL OR "ClaimedUntil" <= {at})
                    ORDER BY "DueAt" LIMIT {most} FOR UPDATE SKIP LOCKED)
                UPDATE "Timers" AS timer SET "ClaimedBy" = {_node}, "ClaimedUntil" = {until}
                FROM due WHERE timer."Kind" = due."Kind" AND timer."Key" = due."Key" RETURNING timer.*
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return [.. taken.OrderBy(row => row.DueAt)];
    }

    /// <summary>When the next timer is due after a moment; null: there is none.</summary>
    public async Task<DateTimeOffset?> NextAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<TimerRow>()
            .Where(row => row.DueAt > now)
            .OrderBy(row => row.DueAt)
            .Select(row => (DateTimeOffset?)row.DueAt)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Prolongs the claims of what runs. A row that a transaction holds is left for the next time: none waits for the other.</summary>
    public async Task RenewAsync(IReadOnlyCollection<TimerName> running, CancellationToken cancellationToken)
    {
        var until = StoredTime.From(time.GetUtcNow() + Lease);
        var kinds = running.Select(name => name.Kind).Distinct(StringComparer.Ordinal).ToArray();
        var keys = running.Select(name => name.Key).Distinct(StringComparer.Ordinal).ToArray();
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH mine AS MATERIALIZED (
                SELECT "Kind", "Key" FROM "Timers"
                WHERE "Kind" = ANY({kinds}) AND "Key" = ANY({keys}) AND "ClaimedBy" = {_node} FOR UPDATE SKIP LOCKED)
            UPDATE "Timers" AS timer SET "ClaimedUntil" = {until}
            FROM mine WHERE timer."Kind" = mine."Kind" AND timer."Key" = mine."Key"
            """,
            cancellationToken
        );
    }

    /// <summary>The handler has succeeded: the timer ends, or is due next at the moment given.</summary>
    public Task SettleAsync(TimerRow fired, DateTimeOffset? next) =>
        next is { } dueAt
            ? ChangeAsync(fired, dueAt, retries: 0, failures: 0, lastFailure: null)
            : GiveBackAsync(fired, rows => rows.ExecuteDeleteAsync());

    /// <summary>The handler has failed: it runs again at the moment given.</summary>
    public Task RetryAsync(TimerRow fired, DateTimeOffset dueAt, int retries, int failures, string? lastFailure) =>
        ChangeAsync(fired, dueAt, retries, failures, lastFailure);

    /// <summary>The handler was interrupted: another node may run it at once.</summary>
    public Task ReleaseAsync(TimerRow fired) => GiveBackAsync(fired, _ => Task.FromResult(0));

    private Task ChangeAsync(TimerRow fired, DateTimeOffset dueAt, int retries, int failures, string? lastFailure) =>
        GiveBackAsync(
            fired,
            rows =>
                rows.ExecuteUpdateAsync(row =>
                    row.SetProperty(timer => timer.DueAt, dueAt)
                        .SetProperty(timer => timer.Retries, retries)
                        .SetProperty(timer => timer.Failures, failures)
                        .SetProperty(timer => timer.LastFailure, lastFailure)
                        .SetProperty(timer => timer.ClaimedBy, (string?)null)
                        .SetProperty(timer => timer.ClaimedUntil, (DateTimeOffset?)null)
                )
        );

    /// <summary>Changes the row unless it was set since it fired; then only the claim goes. A claim that another node has taken over stays.</summary>
    private async Task GiveBackAsync(TimerRow fired, Func<IQueryable<TimerRow>, Task<int>> change)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rows = db.Set<TimerRow>()
            .Where(row => row.Kind == fired.Kind && row.Key == fired.Key && row.ClaimedBy == fired.ClaimedBy);
        if (await change(rows.Where(row => row.Revision == fired.Revision)) == 0 && AreNeeded)
        {
            await rows.ExecuteUpdateAsync(row =>
                row.SetProperty(timer => timer.ClaimedBy, (string?)null)
                    .SetProperty(timer => timer.ClaimedUntil, (DateTimeOffset?)null)
            );
        }
    }
}

/// <summary>Which timer.</summary>
internal readonly record struct TimerName(string Kind, string Key)
{
    public static TimerName From(TimerRow row) => new(row.Kind, row.Key);
}
