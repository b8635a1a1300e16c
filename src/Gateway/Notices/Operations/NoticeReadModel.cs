using Integration.Contracts.V1.Notices;
using Integration.Gateway.Clocks;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Notices.Operations;

/// <summary>How the delivery of notices stands, from the rows alone.</summary>
internal sealed class NoticeReadModel(IDbContextFactory<GatewayDb> factory, IOptions<NoticeOptions> options)
{
    /// <summary>Subscribers, and dead letters from one number on.</summary>
    public async Task<NoticesResponse> AnswerAsync(string after, int limit, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var dead = await db.Set<NoticeRow>()
            .AsNoTracking()
            .Where(row => row.State == NoticeState.DeadLetter && string.Compare(row.NoticeId, after) > 0)
            .OrderBy(row => row.NoticeId)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        return new NoticesResponse
        {
            Subscribers = await SubscribersAsync(db, cancellationToken),
            DeadLetters = [.. dead.Take(limit).Select(DeadLetter)],
            Next = dead.Count > limit ? dead[limit - 1].NoticeId : null,
        };
    }

    /// <summary>Every subscriber, by name.</summary>
    public async Task<IReadOnlyList<SubscriberResponse>> SubscribersAsync(CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await SubscribersAsync(db, cancellationToken);
    }

    private async Task<IReadOnlyList<SubscriberResponse>> SubscribersAsync(
        GatewayDb db,
        CancellationToken cancellationToken
    )
    {
        var known = options.Value.Subscribers.ToDictionary(
            subscriber => subscriber.Name,
            subscriber => subscriber.Client,
            StringComparer.Ordinal
        );
        var open = db.Set<NoticeRow>()
            .AsNoTracking()
            .Where(row => row.State == NoticeState.Waiting || row.State == NoticeState.DeadLetter);
        var counts = await open.GroupBy(row => new { row.Subscriber, row.State })
            .Select(group => new Standing(
                group.Key.Subscriber,
                group.Key.State,
                group.Count(),
                group.Min(row => row.At)
            ))
            .ToListAsync(cancellationToken);
        var answers = new List<SubscriberResponse>();
        foreach (
            var name in counts
                .Select(count => count.Subscriber)
                .Union(known.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        )
        {
            answers.Add(
                await SubscriberAsync(
                    db,
                    name,
                    known.GetValueOrDefault(name),
                    [.. counts.Where(count => count.Subscriber == name)],
                    cancellationToken
                )
            );
        }

        return answers;
    }

    private static async Task<SubscriberResponse> SubscriberAsync(
        GatewayDb db,
        string name,
        string? client,
        IReadOnlyList<Standing> counts,
        CancellationToken cancellationToken
    )
    {
        var rows = db.Set<NoticeRow>().AsNoTracking().Where(row => row.Subscriber == name);
        var failed = await rows.Where(row =>
                (row.State == NoticeState.Waiting || row.State == NoticeState.DeadLetter) && row.LastFailure != null
            )
            .OrderByDescending(row => row.LastAttemptAt)
            .Select(row => new { row.LastFailure, row.LastAttemptAt })
            .FirstOrDefaultAsync(cancellationToken);
        var delivered = await rows.Where(row => row.State == NoticeState.Delivered)
            .OrderByDescending(row => row.NoticeId)
            .Select(row => row.DeliveredAt)
            .FirstOrDefaultAsync(cancellationToken);
        var waiting = counts.FirstOrDefault(count => count.State == NoticeState.Waiting);
        return new SubscriberResponse
        {
            Name = name,
            Client = client,
            Waiting = waiting?.Count ?? 0,
            OldestAt = waiting is null ? null : ChinaTime.In(waiting.OldestAt),
            DeadLetters = counts.FirstOrDefault(count => count.State == NoticeState.DeadLetter)?.Count ?? 0,
            LastFailure = failed?.LastFailure,
            LastFailureAt = In(failed?.LastAttemptAt),
            LastDeliveredAt = In(delivered),
        };
    }

    private static DeadLetterResponse DeadLetter(NoticeRow row) =>
        new()
        {
            NoticeId = row.NoticeId,
            Subscriber = row.Subscriber,
            CaseId = row.CaseId,
            Type = row.Type,
            At = ChinaTime.In(row.At),
            Attempts = row.Attempts,
            LastFailure = row.LastFailure,
            LastAttemptAt = In(row.LastAttemptAt),
        };

    private static DateTimeOffset? In(DateTimeOffset? moment) => moment is { } at ? ChinaTime.In(at) : null;

    private sealed record Standing(string Subscriber, NoticeState State, int Count, DateTimeOffset OldestAt);
}
