using System.Threading.Channels;

namespace Integration.Gateway.Events.Processing;

/// <summary>Wakes this node's worker as soon as something was committed; other nodes look by themselves.</summary>
internal sealed class EventSignal
{
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Raise() => _raised.Writer.TryWrite(true);

    /// <summary>Waits until it was raised since the last time.</summary>
    public async Task Raised(CancellationToken cancellationToken) => await _raised.Reader.ReadAsync(cancellationToken);
}
