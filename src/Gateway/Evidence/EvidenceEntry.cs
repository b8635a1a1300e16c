using System.Diagnostics;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Evidence;

/// <summary>One unit of work on its way to the disk.</summary>
internal sealed class EvidenceEntry(UnitOfWork unit, DateTimeOffset queuedAt)
{
    private readonly TaskCompletionSource<Result<SealedEvidence>> _outcome = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private int _taken;

    public UnitOfWork Unit { get; } = unit;

    /// <summary>Since when it waits.</summary>
    public DateTimeOffset QueuedAt { get; } = queuedAt;

    /// <summary>The caller's trace.</summary>
    public ActivityContext? Trace { get; } = Activity.Current?.Context;

    public Task<Result<SealedEvidence>> Outcome => _outcome.Task;

    /// <summary>Taken by the writer, or given up by the caller, whichever comes first. True for the first.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    public void Committed(SealedEvidence evidence) => _outcome.TrySetResult(evidence);

    public void Refused(Refusal refusal) => _outcome.TrySetResult(refusal);

    /// <summary>It cannot be committed now.</summary>
    public void Unavailable() => Refused(Unit.RefusalWhenUnavailable);

    public void Failed(Exception bug) => _outcome.TrySetException(bug);
}
