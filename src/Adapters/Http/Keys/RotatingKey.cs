namespace Integration.Adapters.Http.Keys;

/// <summary>A call key or token, and until when it may be used.</summary>
internal sealed record CallKey(string Value, DateTimeOffset UsableUntil)
{
    /// <inheritdoc />
    public override string ToString() => nameof(CallKey);
}

/// <summary>
/// A key that an agency hands out for a time. However many calls need it, one fetch is under way; it is fetched anew
/// when it ends or when the agency refused it.
/// </summary>
/// <param name="fetch">
/// Gets a new key. It is bounded by its own agency's limits, not by the caller that happened to come first.
/// Its <see cref="CallKey.UsableUntil"/> is already earlier than the agency's own end.
/// </param>
/// <param name="time">Clock.</param>
internal sealed class RotatingKey(Func<Task<CallKey>> fetch, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task<CallKey>? _current;

    /// <summary>The key in force, fetched when there is none.</summary>
    /// <exception cref="AgencyFaultException">The key could not be had.</exception>
    public ValueTask<CallKey> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_current is null || IsOver(_current))
            {
                _current = fetch();
            }

            return _current.IsCompletedSuccessfully
                ? ValueTask.FromResult(_current.Result)
                : new(_current.WaitAsync(cancellationToken));
        }
    }

    /// <summary>The agency refused this key. A newer one that another call fetched meanwhile stays.</summary>
    public void Drop(CallKey refused)
    {
        lock (_lock)
        {
            if (_current is { IsCompletedSuccessfully: true } current && ReferenceEquals(current.Result, refused))
            {
                _current = null;
            }
        }
    }

    private bool IsOver(Task<CallKey> fetched) =>
        fetched.IsFaulted
        || fetched.IsCanceled
        || (fetched.IsCompletedSuccessfully && fetched.Result.UsableUntil <= time.GetUtcNow());
}
