namespace Integration.Gateway.Platform.Retention;

/// <summary>Rows that are kept for a time only.</summary>
internal interface IExpiringRows
{
    /// <summary>What they are, e.g. <c>kept-answers</c>: the name of the lease under which one node at a time deletes them.</summary>
    string Name { get; }

    /// <summary>Deletes the oldest of those whose time is over.</summary>
    /// <param name="most">About so many at most; more only when they are of the same moment.</param>
    /// <param name="cancellationToken">Nothing is deleted then.</param>
    /// <returns>How many were changed or deleted; fewer than <paramref name="most"/>: there are no more.</returns>
    Task<int> DeleteExpiredAsync(int most, CancellationToken cancellationToken);
}
