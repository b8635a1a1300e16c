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
internal sealed class EvidenceLog : IDisposable
{
    private readonly EvidenceOptions _options;
    private readonly TimeProvider _time;
    private readonly EvidenceQueue _queue;
    private readonly ITimer _patience;
    private long _unavailableAt;
    private int _isWatching;

    public EvidenceLog(IOptions<EvidenceOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _queue = new EvidenceQueue(_options.QueueLength);
        _patience = time.CreateTimer(
            static log => ((EvidenceLog)log!).RefuseLate(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Requests that wait for a commit.</summary>
    public int Waiting => _queue.Count;

    /// <summary>When a commit last failed because the database could not take it; null: never.</summary>
    public DateTimeOffset? UnavailableAt =>
        Interlocked.Read(ref _unavailableAt) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>For the writer only.</summary>
    public void SetUnavailable() => Interlocked.Exchange(ref _unavailableAt, _time.GetUtcNow().UtcTicks);

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
        var entry = new EvidenceEntry(drafts, alongside, _time.GetUtcNow());
        using var span = EvidenceTelemetry.Source.StartActivity("evidence seal");
        if (!_queue.TryAdd(entry))
        {
            return Refusal.EvidenceUnavailable; // full, or closed for shutdown
        }

        Watch();
        return cancellationToken.CanBeCanceled ? await entry.Outcome.WaitAsync(cancellationToken) : await entry.Outcome;
    }

    /// <summary>Waits for work and takes all that is there, up to a batch. For the writer only.</summary>
    /// <returns>False when the log was closed and everything has been taken.</returns>
    public bool TakeBatch(List<EvidenceEntry> batch) => _queue.Take(batch, _options.BatchSize);

    /// <summary>No more is accepted; what waits is still committed.</summary>
    public void Close() => _queue.Close();

    public void Dispose() => _patience.Dispose();

    /// <summary>One timer for all who wait: a timer each would be a noticeable part of what a request costs.</summary>
    private void Watch()
    {
        if (Interlocked.Exchange(ref _isWatching, 1) == 0)
        {
            _patience.Change(Patience / 2, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Looks twice in the time that a request may wait, as long as any does.</summary>
    private void RefuseLate()
    {
        foreach (var entry in _queue.GiveUp(_time.GetUtcNow() - Patience))
        {
            entry.Refused(Refusal.EvidenceUnavailable);
        }

        Interlocked.Exchange(ref _isWatching, 0);
        if (_queue.Count > 0)
        {
            Watch();
        }
    }

    private TimeSpan Patience => TimeSpan.FromSeconds(_options.PatienceSeconds);
}
