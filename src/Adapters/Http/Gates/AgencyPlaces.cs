using System.Threading.RateLimiting;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Gates;

/// <summary>What was taken of the limiters, given back once.</summary>
internal sealed class LeasedPlace(RateLimitLease place, RateLimitLease? share) : IDisposable
{
    public void Dispose()
    {
        place.Dispose();
        share?.Dispose();
    }
}

/// <summary>A place at an agency.</summary>
internal sealed class GivenPlace(LeasedPlace place, Func<CancellationToken, ValueTask<AgencyFailure?>> countAgain)
    : AgencyPlace
{
    public override AgencyFailure? Failure => null;

    public override TimeSpan? RetryAfter => null;

    public override ValueTask<AgencyFailure?> CountAgain(CancellationToken cancellationToken) =>
        countAgain(cancellationToken);

    protected override void Dispose(bool disposing) => place.Dispose();
}

/// <summary>No place, and why.</summary>
internal sealed class RefusedPlace(AgencyFailure failure, TimeSpan? retryAfter) : AgencyPlace
{
    public override AgencyFailure Failure => failure;

    public override TimeSpan? RetryAfter => retryAfter;

    public override ValueTask<AgencyFailure?> CountAgain(CancellationToken cancellationToken) =>
        ValueTask.FromResult<AgencyFailure?>(failure);

    protected override void Dispose(bool disposing) { }
}
