using System.Threading.Channels;

namespace Integration.Gateway.Events.Processing;

/// <summary>Wakes this node's worker as soon as something was committed; other nodes look by themselves.</summary>
internal sealed class EventSignal
{
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Raise() => _raised.Writer.TryWrite(true);

    /// <summary>Waits until it was raised since the last time, but no longer than given, and not when stopping.</summary>
    public async Task Raised(TimeSpan longest, TimeProvider time, CancellationToken stoppingToken)
    {
        using var over = new CancellationTokenSource(longest, time);
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
