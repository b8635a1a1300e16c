using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Idempotency;

/// <summary>
/// Kept answers whose time is over. Of what had an effect at an agency the answer goes first and the key stays, so that the
/// same key does not do it again.
/// </summary>
internal sealed class ExpiredAnswers(
    IDbContextFactory<GatewayDb> factory,
    IOptions<IdempotencyOptions> options,
    TimeProvider time
) : IExpiringRows
{
    public string Name => "kept-answers";

    public async Task<int> DeleteExpiredAsync(int most, CancellationToken cancellationToken)
    {
        var now = StoredTime.From(time.GetUtcNow());
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var moments = await db.Set<IdempotencyRow>()
            .Where(row => row.ExpiresAt <= now)
            .OrderBy(row => row.ExpiresAt)
            .Select(row => row.ExpiresAt)
            .Take(most)
            .ToListAsync(cancellationToken);
        if (moments.Count == 0)
        {
            return 0;
        }

        var last = moments[^1];
        var over = db.Set<IdempotencyRow>().Where(row => row.ExpiresAt <= last);
        var until = now + TimeSpan.FromDays(options.Value.EffectDays) - TimeSpan.FromHours(options.Value.KeepHours);
        var deleted = await over.Where(row => !row.IsEffect || row.Body == null).ExecuteDeleteAsync(cancellationToken);
        return deleted
            + await over.ExecuteUpdateAsync(
                rows =>
                    rows.SetProperty(row => row.Body, (Protection.ProtectedText?)null)
                        .SetProperty(row => row.ExpiresAt, until > now ? until : now.AddTicks(TimeSpan.TicksPerMinute)),
                cancellationToken
            );
    }
}
