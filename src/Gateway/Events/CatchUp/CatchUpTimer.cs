using Integration.Adapters.Ports;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.CatchUp;

/// <summary>Asks the source for the events that one of an enterprise or property waits for, again and again until they come or are given up.</summary>
internal sealed class CatchUpTimer(
    EventQueue queue,
    EventContent content,
    SourceCatchUp ask,
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time
) : ITimerHandler
{
    public const string TimerKind = "event-catch-up";

    private static readonly TimeSpan s_shortestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(5);

    public string Kind => TimerKind;

    /// <inheritdoc />
    public async Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
    {
        if (await WaitingAsync(call.Key, cancellationToken) is not { } row)
        {
            return null;
        }

        if (await SubjectAsync(call.Key, cancellationToken) is not { } subject)
        {
            return null;
        }

        var (_, source) = await content.ReadAsync(row);
        var (_, position) = await queue.PositionAsync(row, cancellationToken);
        await ask.AskAsync(
            source,
            MissedEventsQuestion.Create(source.Name, subject, position.LastSequence),
            row.CaseId
        );

        var next = time.GetUtcNow() + PauseAfter(row);
        return next < row.NextAttemptAt && await WaitingAsync(call.Key, cancellationToken) is not null ? next : null;
    }

    private async Task<EventSubject?> SubjectAsync(string streamId, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await StreamSubject.FindAsync(db, content, streamId, cancellationToken);
    }

    /// <summary>As long as it has waited already, within bounds: the pauses double.</summary>
    private TimeSpan PauseAfter(EventRow row)
    {
        var waited = time.GetUtcNow() - row.ReceivedAt;
        return waited < s_shortestPause ? s_shortestPause
            : waited > s_longestPause ? s_longestPause
            : waited;
    }

    /// <summary>The event that waits; null: nothing does any more.</summary>
    /// <exception cref="InvalidOperationException">The stream has no event at all: what set the timer is lost.</exception>
    private async Task<EventRow?> WaitingAsync(string streamId, CancellationToken cancellationToken)
    {
        if (await queue.NextAsync(streamId, cancellationToken) is { } row)
        {
            return row.State == EventState.WaitingForEarlier ? row : null;
        }

        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<EventRow>().AnyAsync(row => row.StreamId == streamId, cancellationToken)
            ? null
            : throw new InvalidOperationException("A timer is about a stream without events.");
    }
}
