using System.Net;
using System.Net.Sockets;

namespace Integration.Testing.Recording;

/// <summary>Stands where a certificate says that more can be fetched: counts who connects, and never answers.</summary>
public sealed class CountingListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _held = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private int _connections;
    private int _isDown;

    public CountingListener()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>How often a client connected.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Hangs up; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDown, 1) == 1)
        {
            return;
        }

        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _held.ForEach(socket => socket.Dispose());
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _held.Add(await _listener.AcceptSocketAsync(_end.Token));
                Interlocked.Increment(ref _connections);
            }
        }
        catch (OperationCanceledException)
        {
            // the test has ended
        }
    }
}
