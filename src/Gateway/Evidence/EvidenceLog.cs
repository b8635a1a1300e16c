using Integration.Gateway.Platform.Problems;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Evidence;

/// <summary>
/// The legal record: what was asked, of whom, for whom, on what basis, and what came of it.
/// <code>
/// callers ──Commit──> bounded queue ──> one writer ──> one transaction for all that wait ──> disk ──> SealedEvidence
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

    /// <summary>When a commit last failed because the database could not take it; null: never, or a write has succeeded since.</summary>
    public DateTimeOffset? UnavailableAt =>
        Interlocked.Read(ref _unavailableAt) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>A write has succeeded.</summary>
    /// <param name="since">The failure that was known when it began; a later one stands.</param>
    public void SetAvailable(DateTimeOffset since) =>
        Interlocked.CompareExchange(ref _unavailableAt, 0, since.UtcTicks);

    /// <summary>For the writer and the gate only.</summary>
    public void SetUnavailable() => Interlocked.Exchange(ref _unavailableAt, _time.GetUtcNow().UtcTicks);

    /// <summary>Commits a unit of work in one transaction, together with the others that wait.</summary>
    /// <param name="unit">Its rows are written on the writer's thread.</param>
    /// <param name="cancellationToken">Ends the waiting only: what was asked of the agencies stays on record.</param>
    /// <returns>
    /// Committed evidence; <see cref="Refusal.ConcurrencyConflict"/>; or 503 <c>evidence-unavailable</c> (<c>unavailable</c> for a unit that holds no
    /// evidence) when it cannot be committed now: database down or full, queue full, shutting down.
    /// </returns>
    public async Task<Result<SealedEvidence>> CommitAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        var entry = new EvidenceEntry(unit, _time.GetUtcNow());
        using var span = EvidenceTelemetry.Source.StartActivity("evidence seal");
        if (!_queue.TryAdd(entry))
        {
            return unit.RefusalWhenUnavailable; // full, or closed for shutdown
        }

        Watch();
        return cancellationToken.CanBeCanceled ? await entry.Outcome.WaitAsync(cancellationToken) : await entry.Outcome;
    }

    /// <summary>Commits a unit of work and lets its answer go.</summary>
    /// <returns>The answer, or as above.</returns>
    public async Task<Result<T>> CommitAsync<T>(UnitOfWork unit, T answer)
        where T : notnull =>
        (await CommitAsync(unit, CancellationToken.None)).Succeeded(out var evidence, out var refusal)
            ? evidence.Release(answer).Answer
            : refusal;

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
            entry.Unavailable();
        }

        Interlocked.Exchange(ref _isWatching, 0);
        if (_queue.Count > 0)
        {
            Watch();
        }
    }

    private TimeSpan Patience => TimeSpan.FromSeconds(_options.PatienceSeconds);
}
