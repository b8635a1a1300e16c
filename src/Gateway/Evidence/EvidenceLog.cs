using System.Collections.Concurrent;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Evidence;

/// <summary>
/// The legal record: what was asked, of whom, for whom, on what basis, and what came of it.
/// <code>
/// callers ──Seal──> bounded queue ──> one writer ──> one transaction for all that wait ──> disk ──> SealedEvidence
/// </code>
/// </summary>
internal sealed class EvidenceLog(IOptions<EvidenceOptions> options, TimeProvider time) : IDisposable
{
    private readonly BlockingCollection<EvidenceEntry> _queue = new(options.Value.QueueLength);
    private long _unavailableAt;
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.PatienceSeconds);

    /// <summary>Requests that wait for a commit.</summary>
    public int Waiting => _queue.Count;

    /// <summary>When a commit last failed because the database could not take it; null: never.</summary>
    public DateTimeOffset? UnavailableAt =>
        Interlocked.Read(ref _unavailableAt) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>For the writer only.</summary>
    public void SetUnavailable() => Interlocked.Exchange(ref _unavailableAt, time.GetUtcNow().UtcTicks);

    /// <summary>Commits the drafts and the caller's own rows in one transaction, together with whatever else waits.</summary>
    /// <param name="drafts">At least one.</param>
    /// <param name="alongside">
    /// Adds the caller's rows; does nothing else. It runs on the writer's thread and, when a neighbour's row fails, a second
    /// time with a fresh context, so it must not rely on what it changed before: new rows by <c>Append</c> (or <c>Add</c>); a change by
    /// <c>Find</c> or a fresh object, <c>Attach</c>, then the new values.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting only: what was asked of the agencies stays on record.</param>
    /// <returns>
    /// Sealed evidence; <see cref="Refusal.Overtaken"/>; or <see cref="Refusal.EvidenceUnavailable"/> when it cannot be committed
    /// now (database down or full, queue full, shutting down).
    /// </returns>
    public async Task<Result<SealedEvidence>> Seal(
        IReadOnlyList<EvidenceDraft> drafts,
        Action<GatewayDb> alongside,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfZero(drafts.Count, nameof(drafts));
        var entry = new EvidenceEntry(drafts, alongside);
        using var span = EvidenceTelemetry.Source.StartActivity("evidence seal");
        if (!TryQueue(entry))
        {
            return Refusal.EvidenceUnavailable;
        }

        try
        {
            return await entry.Outcome.WaitAsync(_patience, time, cancellationToken);
        }
        catch (TimeoutException) when (entry.TryTake())
        {
            return Refusal.EvidenceUnavailable;
        }
        catch (TimeoutException)
        {
            return await entry.Outcome.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits for work and takes all that is there, up to a batch. For the writer only.</summary>
    /// <returns>False when the log was closed and everything has been taken.</returns>
    public bool TakeBatch(List<EvidenceEntry> batch)
    {
        batch.Clear();
        if (!_queue.TryTake(out var entry, Timeout.Infinite))
        {
            return false;
        }

        do
        {
            if (entry.TryTake())
            {
                batch.Add(entry);
            }
        } while (batch.Count < options.Value.BatchSize && _queue.TryTake(out entry));

        return true;
    }

    /// <summary>No more is accepted; what waits is still committed.</summary>
    public void Close() => _queue.CompleteAdding();

    public void Dispose() => _queue.Dispose();

    private bool TryQueue(EvidenceEntry entry)
    {
        try
        {
            return _queue.TryAdd(entry);
        }
        catch (InvalidOperationException)
        {
            return false; // closed for shutdown
        }
    }
}
