using System.Threading.Channels;

namespace Integration.Gateway.Platform;

/// <summary>
/// Wakes the worker of this node as soon as there may be something for it: rows were committed, or room has become free. What other nodes
/// commit the worker finds by itself. One signal for each kind of rows.
/// </summary>
/// <typeparam name="TRow">The rows that the worker works on.</typeparam>
internal sealed class WorkSignal<TRow>
    where TRow : class
{
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Raise() => _raised.Writer.TryWrite(true);

    /// <summary>Waits until it was raised since the last time, but no longer than to a moment, and not when stopping.</summary>
    public async Task WaitAsync(DateTimeOffset until, TimeProvider time, CancellationToken stoppingToken)
    {
        var longest = until - time.GetUtcNow();
        if (longest <= TimeSpan.Zero)
        {
            return;
        }

        using var over = new CancellationTokenSource(longest, time);
        if (time.GetUtcNow() >= until)
        {
            return; // the clock leapt before the wait had begun: it would last for as long again
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stoppingToken);
        try
        {
            await _raised.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // A reader that went on waiting would take the next signal for itself.
        }
    }
}
