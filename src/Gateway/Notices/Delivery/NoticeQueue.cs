using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Notices.Delivery;

/// <summary>
/// What waits for a subscriber. There is no mark of how far it was read: a notice waits until its own row says otherwise, so
/// one whose transaction commits after a later one was delivered is not passed over.
/// </summary>
internal sealed class NoticeQueue(IDbContextFactory<GatewayDb> factory, NoticeFolding folding, TimeProvider time)
{
    /// <summary>The notice to send now; null: none.</summary>
    /// <remarks>
    /// The oldest of those that are due and that no earlier one of the same case waits before. A notice that failed up to
    /// <see cref="RetryPlan.FailuresThatHoldAll"/> times, or whose subscriber asked for patience, holds up all others.
    /// </remarks>
    public async Task<NoticeRow?> NextAsync(string subscriber, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var waiting = db.Set<NoticeRow>()
            .AsNoTracking()
            .Where(row => row.Subscriber == subscriber && row.State == NoticeState.Waiting);
        var isHeld = await waiting.AnyAsync(
            row =>
                row.NextAttemptAt > now
                && row.Attempts > 0
                && (
                    row.Attempts <= RetryPlan.FailuresThatHoldAll
                    || RetryPlan.AskedForPatience.Contains(row.LastFailure)
                ),
            cancellationToken
        );
        return isHeld
            ? null
            : await waiting
                .Where(row =>
                    row.NextAttemptAt <= now
                    && !waiting.Any(earlier =>
                        earlier.CaseId == row.CaseId
                        && earlier.CallerId == row.CallerId
                        && string.Compare(earlier.NoticeId, row.NoticeId) < 0
                    )
                )
                .OrderBy(row => row.NoticeId)
                .FirstOrDefaultAsync(cancellationToken);
    }

    /// <inheritdoc cref="NoticeFolding.FoldAsync" />
    public Task<int> FoldAsync(string subscriber, CancellationToken cancellationToken) =>
        folding.FoldAsync(subscriber, cancellationToken);

    /// <summary>It arrived.</summary>
    public Task DeliveredAsync(NoticeRow row, CancellationToken cancellationToken) =>
        ChangeAsync(
            row,
            rows =>
                rows.SetProperty(stored => stored.State, NoticeState.Delivered)
                    .SetProperty(stored => stored.DeliveredAt, time.GetUtcNow())
                    .SetProperty(stored => stored.LastAttemptAt, time.GetUtcNow())
                    .SetProperty(stored => stored.Attempts, row.Attempts + 1),
            cancellationToken
        );

    /// <summary>It failed: again after a pause, or never by itself.</summary>
    public Task FailedAsync(
        NoticeRow row,
        Attempt attempt,
        DateTimeOffset firstAttemptAt,
        TimeSpan? pause,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        return ChangeAsync(
            row,
            rows =>
                rows.SetProperty(stored => stored.State, pause is null ? NoticeState.DeadLetter : NoticeState.Waiting)
                    .SetProperty(stored => stored.LastFailure, attempt.Failure)
                    .SetProperty(stored => stored.FirstAttemptAt, firstAttemptAt)
                    .SetProperty(stored => stored.LastAttemptAt, now)
                    .SetProperty(stored => stored.NextAttemptAt, now + (pause ?? TimeSpan.Zero))
                    .SetProperty(stored => stored.Refusals, row.Refusals + (attempt.IsRefused ? 1 : 0))
                    .SetProperty(stored => stored.Attempts, row.Attempts + 1),
            cancellationToken
        );
    }

    /// <summary>The subscriber is back: what it has not read is due now.</summary>
    public async Task WakeAsync(string subscriber, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        await db.Set<NoticeRow>()
            .Where(row =>
                row.Subscriber == subscriber
                && row.State == NoticeState.Waiting
                && row.NextAttemptAt > now
                && RetryPlan.Unreachable.Contains(row.LastFailure)
            )
            .ExecuteUpdateAsync(rows => rows.SetProperty(row => row.NextAttemptAt, now), cancellationToken);
    }

    /// <summary>Unless another node recorded an attempt meanwhile, or operators sent it again.</summary>
    private async Task ChangeAsync(
        NoticeRow row,
        Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<NoticeRow>> change,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        await db.Set<NoticeRow>()
            .Where(stored =>
                stored.NoticeId == row.NoticeId
                && stored.State == NoticeState.Waiting
                && stored.Attempts == row.Attempts
            )
            .ExecuteUpdateAsync(change, cancellationToken);
    }
}
