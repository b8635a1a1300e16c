using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Gates;

/// <summary>A place that was taken, given back once.</summary>
internal sealed class LeasedPlace(Action giveBack) : IDisposable
{
    private Action? _giveBack = giveBack;

    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}

/// <summary>A place at an agency.</summary>
internal sealed class GivenPlace(LeasedPlace place, Func<CancellationToken, ValueTask<AgencyFailure?>> countAgain)
    : AgencyPlace
{
    public override AgencyFailure? Failure => null;

    public override TimeSpan? RetryAfter => null;

    public override ValueTask<AgencyFailure?> CountAgainAsync(CancellationToken cancellationToken) =>
        countAgain(cancellationToken);

    protected override void Dispose(bool disposing) => place.Dispose();
}

/// <summary>No place, and why.</summary>
internal sealed class RefusedPlace(AgencyFailure failure, TimeSpan? retryAfter) : AgencyPlace
{
    public override AgencyFailure Failure => failure;

    public override TimeSpan? RetryAfter => retryAfter;

    public override ValueTask<AgencyFailure?> CountAgainAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<AgencyFailure?>(failure);

    protected override void Dispose(bool disposing) { }
}
