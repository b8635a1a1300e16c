using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Notices.Delivery;

/// <summary>
/// Keeps bounded what others make wait for a subscriber that does not take it: a provider that reports two states in turn all
/// day, a source whose ids conflict. Each is on record where it happened; told is the newest.
/// <code>
/// up to 100 wait            nothing is folded
/// more                      of those that say the same of a case, the newest stays (NoticeTypes.Repeatable)
/// more than MostWaiting     of those that the case shows anyway, the newest of each case stays (NoticeTypes.ShownByTheCase)
/// </code>
/// A notice that was tried once stays as it is, and everything else stays, however much waits: nothing due is lost.
/// </summary>
internal sealed class NoticeFolding(IDbContextFactory<GatewayDb> factory, IOptions<NoticeOptions> options)
{
    private const int FoldAbove = 100;

    /// <summary>Folds what waits for a subscriber. Only under its turn: nothing is sent meanwhile.</summary>
    /// <returns>How many notices are not told, because a newer one says it.</returns>
    public async Task<int> FoldAsync(string subscriber, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var waiting = db.Set<NoticeRow>()
            .Where(row => row.Subscriber == subscriber && row.State == NoticeState.Waiting);
        if (!await IsMoreThanAsync(waiting, FoldAbove, cancellationToken))
        {
            return 0;
        }

        // The newest are found once, by group: a comparison of each with each would take as long as a flood is large.
        var newestSaying = waiting
            .GroupBy(row => new
            {
                row.CallerId,
                row.CaseId,
                row.Type,
                row.Data,
            })
            .Select(group => group.Max(row => row.NoticeId));
        var folded = await waiting
            .Where(row =>
                row.Attempts == 0 && NoticeTypes.Repeatable.Contains(row.Type) && !newestSaying.Contains(row.NoticeId)
            )
            .ExecuteDeleteAsync(cancellationToken);
        if (!await IsMoreThanAsync(waiting, options.Value.MostWaiting, cancellationToken))
        {
            return folded;
        }

        var newestOfCase = waiting
            .GroupBy(row => new
            {
                row.CallerId,
                row.CaseId,
                row.Type,
            })
            .Select(group => group.Max(row => row.NoticeId));
        return folded
            + await waiting
                .Where(row =>
                    row.Attempts == 0
                    && NoticeTypes.ShownByTheCase.Contains(row.Type)
                    && !newestOfCase.Contains(row.NoticeId)
                )
                .ExecuteDeleteAsync(cancellationToken);
    }

    private static Task<bool> IsMoreThanAsync(
        IQueryable<NoticeRow> waiting,
        int number,
        CancellationToken cancellationToken
    ) => waiting.OrderBy(row => row.NoticeId).Skip(number).AnyAsync(cancellationToken);
}
