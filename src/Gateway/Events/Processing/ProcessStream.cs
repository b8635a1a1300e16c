using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Storage;

namespace Integration.Gateway.Events.Processing;

/// <summary>
/// Processes what waits of one enterprise, in order, until nothing is due.
/// <code>
///  claim ──▶ next event ──▶ its turn ──▶ again, until none is due ──▶ released
/// </code>
/// </summary>
internal sealed class ProcessStream(EventClaims claims, EventQueue queue, ProcessEvent process, TimeProvider time)
{
    /// <summary>Somebody else changes an event a few times at most; more often is a fault.</summary>
    private const int MostOvertakings = 20;

    /// <summary>Works on one enterprise.</summary>
    /// <param name="streamId">The enterprise.</param>
    /// <param name="stopping">Ends it between two events, never within one.</param>
    /// <returns>False: database or evidence are unavailable.</returns>
    public async Task<bool> Run(string streamId, CancellationToken stopping)
    {
        if (!await claims.TryTake(streamId, stopping))
        {
            return true;
        }

        try
        {
            return await InOrder(streamId, stopping);
        }
        finally
        {
            await claims.Release(streamId);
        }
    }

    private async Task<bool> InOrder(string streamId, CancellationToken stopping)
    {
        var overtakings = 0;
        while (!stopping.IsCancellationRequested && await queue.Next(streamId, CancellationToken.None) is { } row)
        {
            if (IsPutOff(row))
            {
                await queue.Rest(row, row.NextAttemptAt, CancellationToken.None);
                return true;
            }

            switch (await process.Handle(row))
            {
                case TurnEnd.Rests rests:
                    await queue.Rest(row, rests.Until, CancellationToken.None);
                    return true;
                case TurnEnd.Interrupted:
                    return false;
                case TurnEnd.Overtaken when ++overtakings == MostOvertakings:
                    return false;
            }

            if (!await claims.TryTake(streamId, CancellationToken.None))
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>It failed, and its pause is not over; one that only stood behind another is not put off itself.</summary>
    private bool IsPutOff(EventRow row) =>
        row is { State: EventState.Received, Attempts: > 0 } && row.NextAttemptAt > time.GetUtcNow();
}
