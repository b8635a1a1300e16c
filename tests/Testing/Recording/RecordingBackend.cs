using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Integration.Testing.Recording;

/// <summary>
/// A server on loopback that keeps every byte it gets and answers each request with the same bytes. It takes HTTP/1.1 at its
/// word and repairs nothing: a request that was smuggled inside another one is seen here as bytes or as one request more.
/// </summary>
public sealed class RecordingBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private long _bytes;
    private int _connections;

    public RecordingBackend()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>The whole answer to every request, head and body. Default an empty JSON object.</summary>
    public byte[] Answer { get; set; } =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray();

    /// <summary>Connections that were opened.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Bytes that arrived, of whole requests or not.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whole requests, in the order in which they ended.</summary>
    public IReadOnlyCollection<RecordedRequest> Requests => _requests;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_conversations);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _conversations.Add(ConverseAsync(socket));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception closed)
                when (closed is SocketException or InvalidOperationException && _stop.IsCancellationRequested)
            {
                return; // the listener was closed while it waited, or before it began to
            }
        }
    }

    private async Task ConverseAsync(TcpClient socket)
    {
        using (socket)
        {
            var incoming = new Incoming(socket.GetStream(), count => Interlocked.Add(ref _bytes, count), _stop.Token);
            try
            {
                while (await incoming.RequestAsync() is { } request)
                {
                    _requests.Enqueue(request);
                    await socket.GetStream().WriteAsync(Answer, _stop.Token);
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The other side went away in the middle: what it sent has been counted.
            }
        }
    }

    private sealed class Incoming(NetworkStream stream, Action<int> count, CancellationToken stop)
    {
        private readonly List<byte> _held = [];
        private readonly byte[] _piece = new byte[16 * 1024];

        public async Task<RecordedRequest?> RequestAsync()
        {
            var end = await UntilAsync("\r\n\r\n"u8.ToArray());
            if (end < 0)
            {
                return null;
            }

            var head = Encoding.Latin1.GetString([.. Take(end)]);
            var chunked = head.Contains("\r\nTransfer-Encoding: chunked\r\n", StringComparison.OrdinalIgnoreCase);
            return new RecordedRequest(head, chunked ? await ChunksAsync() : await ExactlyAsync(LengthIn(head)));
        }

        private static int LengthIn(string head)
        {
            const string Name = "\r\nContent-Length: ";
            var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
            var digits = at < 0 ? "0" : head[(at + Name.Length)..head.IndexOf('\r', at + 2)];
            return int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        }

        private async Task<byte[]> ChunksAsync()
        {
            var body = new List<byte>();
            while (true)
            {
                var line = Encoding.Latin1.GetString([.. Take(await UntilAsync("\r\n"u8.ToArray()))]).TrimEnd();
                var size = int.Parse(line, System.Globalization.NumberStyles.HexNumber, null);
                body.AddRange(await ExactlyAsync(size));
                await ExactlyAsync(2);
                if (size == 0)
                {
                    return [.. body];
                }
            }
        }

        private async Task<byte[]> ExactlyAsync(int length)
        {
            while (_held.Count < length)
            {
                await MoreAsync();
            }

            return Take(length);
        }

        /// <summary>Length up to and with the mark; -1 when the other side has ended.</summary>
        private async Task<int> UntilAsync(byte[] mark)
        {
            while (true)
            {
                var at = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_held).IndexOf(mark);
                if (at >= 0)
                {
                    return at + mark.Length;
                }

                if (!await TryMoreAsync())
                {
                    return -1;
                }
            }
        }

        private async Task MoreAsync()
        {
            if (!await TryMoreAsync())
            {
                throw new EndOfStreamException();
            }
        }

        private async Task<bool> TryMoreAsync()
        {
            var read = await stream.ReadAsync(_piece, stop);
            count(read);
            _held.AddRange(_piece.AsSpan(0, read));
            return read > 0;
        }

        private byte[] Take(int length)
        {
            var taken = _held.GetRange(0, length).ToArray();
            _held.RemoveRange(0, length);
            return taken;
        }
    }
}

/// <summary>A request as it arrived.</summary>
/// <param name="Head">Request line and headers, with the empty line.</param>
/// <param name="Body">The body, without its chunks.</param>
public sealed record RecordedRequest(string Head, byte[] Body)
{
    /// <summary>The first line.</summary>
    public string Line => Head[..Head.IndexOf('\r', StringComparison.Ordinal)];

    /// <summary>Values of a header, in any case.</summary>
    public IReadOnlyList<string> Values(string name) =>
        [
            .. from line in Head.Split("\r\n")
            where line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase)
            select line[(name.Length + 1)..].Trim(),
        ];
}
