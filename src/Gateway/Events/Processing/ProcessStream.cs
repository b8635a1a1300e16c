using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Inbox;

namespace Integration.Gateway.Events.Processing;

/// <summary>
/// Processes what waits of one enterprise, in order, until nothing is due.
/// <code>
///  claim ──▶ next event ──▶ its turn ──▶ again, until none is due ──▶ released
/// </code>
/// </summary>
internal sealed class ProcessStream(EventClaims claims, EventQueue queue, ProcessEvent process, TimeProvider time)
{
    /// <summary>Other nodes and operators change an event a few times at most; more often is a fault.</summary>
    private const int MostConflicts = 20;

    /// <summary>Works on one enterprise.</summary>
    /// <param name="streamId">The enterprise.</param>
    /// <param name="stopping">Ends it between two events, never within one.</param>
    /// <returns>False: database or evidence are unavailable.</returns>
    public async Task<bool> RunAsync(string streamId, CancellationToken stopping)
    {
        if (!await claims.TryTakeAsync(streamId, stopping))
        {
            return true;
        }

        try
        {
            return await InOrderAsync(streamId, stopping);
        }
        finally
        {
            await claims.ReleaseAsync(streamId);
        }
    }

    private async Task<bool> InOrderAsync(string streamId, CancellationToken stopping)
    {
        var conflicts = 0;
        while (!stopping.IsCancellationRequested && await queue.NextAsync(streamId, CancellationToken.None) is { } row)
        {
            if (IsDeferred(row))
            {
                await queue.DeferAsync(row, row.NextAttemptAt, CancellationToken.None);
                return true;
            }

            switch (await process.HandleAsync(row))
            {
                case EventOutcome.Deferred deferred:
                    await queue.DeferAsync(row, deferred.Until, CancellationToken.None);
                    return true;
                case EventOutcome.Unavailable:
                    return false;
                case EventOutcome.Conflicted when ++conflicts == MostConflicts:
                    return false;
            }

            if (!await claims.TryTakeAsync(streamId, CancellationToken.None))
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>It failed, and its pause is not over; one that only stood behind another is not deferred itself.</summary>
    private bool IsDeferred(EventRow row) =>
        row is { State: EventState.Received, Attempts: > 0 } && row.NextAttemptAt > time.GetUtcNow();
}
