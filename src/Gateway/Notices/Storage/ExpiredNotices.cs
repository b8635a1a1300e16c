using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Notices.Storage;

/// <summary>
/// Notices that were delivered, or laid aside, longer ago than they are kept. What waits and what is a dead letter is never
/// deleted: a subscriber was not told.
/// </summary>
internal sealed class ExpiredNotices(
    IDbContextFactory<GatewayDb> factory,
    IOptions<NoticeOptions> options,
    TimeProvider time
) : IExpiringRows
{
    public string Name => "notices";

    public async Task<int> DeleteExpiredAsync(int most, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepDays);
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await DeleteExpiredAsync(db, NoticeState.Delivered, before, most, cancellationToken)
            + await DeleteExpiredAsync(db, NoticeState.Dismissed, before, most, cancellationToken);
    }

    private static async Task<int> DeleteExpiredAsync(
        GatewayDb db,
        NoticeState state,
        DateTimeOffset before,
        int most,
        CancellationToken cancellationToken
    )
    {
        var rows = db.Set<NoticeRow>().Where(row => row.State == state);
        var moments = await rows.Where(row => row.At < before)
            .OrderBy(row => row.At)
            .Select(row => row.At)
            .Take(most)
            .ToListAsync(cancellationToken);
        if (moments.Count == 0)
        {
            return 0;
        }

        var last = moments[^1];
        return await rows.Where(row => row.At <= last).ExecuteDeleteAsync(cancellationToken);
    }
}
