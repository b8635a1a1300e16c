namespace Integration.Contracts.Client;

/// <summary>The token in use. However many requests need a new one, it is fetched once.</summary>
internal sealed class TokenCache(TimeProvider time)
{
    private readonly Lock _gate = new();
    private AccessToken? _current;
    private Task<AccessToken>? _inFlight;

    /// <summary>The token in use, or the one that <paramref name="fetch"/> brings.</summary>
    /// <param name="fetch">Runs to its end for all that wait, even if one stops waiting; its failure is not kept.</param>
    /// <param name="cancellationToken">Stops this caller's waiting.</param>
    public Task<AccessToken> GetAsync(Func<Task<AccessToken>> fetch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_current is { } token && time.GetUtcNow() < token.UseUntil)
            {
                return Task.FromResult(token);
            }

            _inFlight ??= FetchAsync(fetch);
            return _inFlight.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Forgets a token that the gateway refused, unless a newer one is already there.</summary>
    public void Forget(AccessToken refused)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_current, refused))
            {
                _current = null;
            }
        }
    }

    private async Task<AccessToken> FetchAsync(Func<Task<AccessToken>> fetch)
    {
        // Leaves the lock of Get first, so that the task is known before it can end.
        await Task.Yield();
        try
        {
            var token = await fetch();
            lock (_gate)
            {
                _current = token;
            }

            return token;
        }
        finally
        {
            lock (_gate)
            {
                _inFlight = null;
            }
        }
    }
}
