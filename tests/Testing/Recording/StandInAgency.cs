using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Integration.Testing.Recording;

/// <summary>
/// An agency on loopback that does to the bytes of its answer what a test wants: large, slow, broken off, wrong. It keeps
/// every request as it came, and counts every byte, so that a test can say that nothing arrived.
/// </summary>
public sealed class StandInAgency : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentQueue<StandInRequest> _requests = new();
    private readonly ConcurrentDictionary<Task, bool> _conversations = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private long _bytes;

    /// <summary>Listens at once.</summary>
    /// <param name="port">The port; 0: a free one.</param>
    public StandInAgency(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers. Default: <see cref="Found"/>.</summary>
    public Func<StandInRequest, StandInReply, Task> Behaviour { get; set; } = (_, reply) => reply.JsonAsync(Found);

    /// <summary>An answer of the grid-resource platform, with more in it than any caller is granted.</summary>
    public const string Found =
        """{"code":0,"message":"ok","data":{"unitNumber":"U-1","nearestLowVoltageMetres":41,"spareCapacityKw":97,"secret":"never-granted"}}""";

    /// <summary>Whole requests, in the order in which they came.</summary>
    public IReadOnlyCollection<StandInRequest> Requests => _requests;

    /// <summary>Bytes that arrived, of whole requests or not.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Nothing arrived, not even half of a request.</summary>
    public bool IsUntouched => Bytes == 0 && _requests.IsEmpty;

    /// <summary>Forgets what came.</summary>
    public void Forget()
    {
        _requests.Clear();
        Interlocked.Exchange(ref _bytes, 0);
    }

    /// <summary>Takes it down; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_conversations.Keys);
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptTcpClientAsync(_stop.Token);
                _conversations.TryAdd(ConverseAsync(socket), true);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ConverseAsync(TcpClient socket)
    {
        using (socket)
        {
            try
            {
                var stream = socket.GetStream();
                var held = new List<byte>();
                while (await ReadAsync(stream, held) is { } request)
                {
                    _requests.Enqueue(request);
                    var reply = new StandInReply(socket, _stop.Token);
                    await Behaviour(request, reply);
                    if (reply.IsOver)
                    {
                        return;
                    }
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
            {
                // The other side went away in the middle: what it sent has been counted.
            }
        }
    }

    private async Task<StandInRequest?> ReadAsync(NetworkStream stream, List<byte> held)
    {
        int end;
        while ((end = HeadLength(held)) < 0)
        {
            if (!await MoreAsync(stream, held))
            {
                return null;
            }
        }

        var head = Encoding.Latin1.GetString([.. held[..end]]);
        var length = LengthIn(head);
        while (held.Count < end + length)
        {
            if (!await MoreAsync(stream, held))
            {
                return null;
            }
        }

        var body = held.GetRange(end, length).ToArray();
        held.RemoveRange(0, end + length);
        return new StandInRequest(head, body);
    }

    private async Task<bool> MoreAsync(NetworkStream stream, List<byte> held)
    {
        var piece = new byte[16 * 1024];
        var read = await stream.ReadAsync(piece, _stop.Token);
        Interlocked.Add(ref _bytes, read);
        held.AddRange(piece.AsSpan(0, read));
        return read > 0;
    }

    private static int HeadLength(List<byte> held)
    {
        var at = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(held).IndexOf("\r\n\r\n"u8);
        return at < 0 ? at : at + 4;
    }

    private static int LengthIn(string head) =>
        head.Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line[15..].Trim(), CultureInfo.InvariantCulture))
            .SingleOrDefault();
}

/// <summary>A request as it arrived.</summary>
/// <param name="Head">Request line and headers, with the empty line.</param>
/// <param name="Body">The body.</param>
public sealed record StandInRequest(string Head, byte[] Body)
{
    /// <summary>The first line.</summary>
    public string Line => Head[..Head.IndexOf('\r', StringComparison.Ordinal)];

    /// <summary>The names of its headers, in lower case.</summary>
    public IReadOnlyList<string> Names =>
        [
            .. Head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant()),
        ];

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>What goes back, byte by byte.</summary>
public sealed class StandInReply
{
    private readonly TcpClient _socket;

    internal StandInReply(TcpClient socket, CancellationToken stopping) => (_socket, Stopping) = (socket, stopping);

    /// <summary>Fires when the agency is taken down.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Whether the connection ends after this answer.</summary>
    public bool IsOver { get; private set; }

    /// <summary>A whole answer.</summary>
    public Task JsonAsync(string body, string status = "200 OK", params string[] headers) =>
        WriteAsync(Head(status, [.. headers, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}"]) + body);

    /// <summary>The head of an answer in chunks.</summary>
    public Task BeginAsync(params string[] headers) =>
        WriteAsync(Head("200 OK", [.. headers, "Transfer-Encoding: chunked"]));

    /// <summary>One chunk.</summary>
    public async Task ChunkAsync(ReadOnlyMemory<byte> bytes)
    {
        await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:x}\r\n"));
        await _socket.GetStream().WriteAsync(bytes, Stopping);
        await WriteAsync("\r\n");
    }

    /// <summary>The last chunk.</summary>
    public Task EndAsync() => WriteAsync("0\r\n\r\n");

    /// <summary>Bytes as they are.</summary>
    public Task WriteAsync(string text) =>
        _socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), Stopping).AsTask();

    /// <summary>Nothing more until the agency is taken down or the gateway gives up.</summary>
    public async Task StallAsync()
    {
        IsOver = true;
        _ = await _socket.GetStream().ReadAsync(new byte[1], Stopping);
    }

    /// <summary>Ends the connection, with a reset or politely.</summary>
    public void Hang(bool reset = true)
    {
        IsOver = true;
        if (reset)
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        _socket.Close();
    }

    private static string Head(string status, params string[] headers) =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n";
}
