using System.Net;
using System.Net.Sockets;
using Integration.Gateway.Platform.Http.Front;
using Integration.Testing;
using Integration.Testing.Recording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Http;

/// <summary>Frames by hand, on the real listener: floods that ask for nothing, and readers that do not read.</summary>
public sealed class Http2FloodTests
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Priority = 2;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte WindowUpdate = 8;
    private const byte Continuation = 9;
    private const byte Unknown = 0x20;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const byte Padded = 8;

    [Fact]
    public async Task Continuations_without_a_byte_end_the_connection()
    {
        await using var host = await Scene.StartAsync();
        await using var client = await host.ConnectAsync();

        await client.SendAsync(Frame(Headers, EndStream, 1, Request("GET")));
        await client.SendAsync(Many(FrameScan.MostContinuations + 1, Frame(Continuation, 0, 1, [])));

        Assert.DoesNotContain(Headers, await client.ReadToEndAsync());
        Assert.Equal(1, await host.RefusedAsync("header-frames"));
    }

    [Fact]
    public async Task As_many_continuations_as_headers_may_fill_are_taken()
    {
        await using var host = await Scene.StartAsync();
        await using var client = await host.ConnectAsync();

        await client.SendAsync(Frame(Headers, EndStream, 1, Request("GET")));
        await client.SendAsync(Many(FrameScan.MostContinuations - 1, Frame(Continuation, 0, 1, [])));
        await client.SendAsync(Frame(Continuation, EndHeaders, 1, []));

        await client.ReadUntilAsync(Headers);
    }

    [Theory]
    [InlineData(nameof(Ping))]
    [InlineData(nameof(Settings))]
    [InlineData(nameof(Priority))]
    [InlineData(nameof(Unknown))]
    [InlineData(nameof(Data))]
    [InlineData(nameof(Padded))]
    [InlineData(nameof(WindowUpdate))]
    public async Task A_flood_of_frames_that_ask_for_nothing_ends_the_connection(string kind)
    {
        await using var host = await Scene.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SendAsync(Frame(Headers, EndHeaders, 1, Request("POST")));
        var burst = kind == nameof(WindowUpdate) ? FrameScan.WindowBurst : FrameScan.IdleBurst;

        await client.SendAsync(Many(burst + 1, Idle(kind)));

        await client.ReadToEndAsync();
        Assert.Equal(1, await host.RefusedAsync("frame-flood"));
    }

    [Theory]
    [InlineData(nameof(Ping))]
    [InlineData(nameof(Settings))]
    [InlineData(nameof(Priority))]
    [InlineData(nameof(Data))]
    [InlineData(nameof(WindowUpdate))]
    public async Task So_many_that_a_client_may_need_them_are_taken(string kind)
    {
        await using var host = await Scene.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SendAsync(Frame(Headers, EndHeaders, 1, Request("POST")));
        var burst = kind == nameof(WindowUpdate) ? FrameScan.WindowBurst : FrameScan.IdleBurst;

        // The settings of the connection were one.
        await client.SendAsync(Many(burst - 1, Idle(kind)));
        await client.SendAsync(Frame(Data, EndStream, 1, [1]));

        await client.ReadUntilAsync(Headers);
    }

    [Fact]
    public async Task Frames_come_back_with_time()
    {
        await using var host = await Scene.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SendAsync(Many(FrameScan.IdleBurst - 1, Idle(nameof(Ping))));
        await client.ReadManyAsync(Ping, FrameScan.IdleBurst - 1);

        host.Time.Advance(TimeSpan.FromSeconds(2));
        await client.SendAsync(Many(2 * FrameScan.IdlePerSecond, Idle(nameof(Ping))));
        await client.ReadManyAsync(Ping, 2 * FrameScan.IdlePerSecond);
        await client.SendAsync(Idle(nameof(Ping)));

        await client.ReadToEndAsync();
    }

    [Fact]
    public async Task Requests_that_are_taken_back_at_once_end_the_connection()
    {
        await using var host = await Scene.StartAsync();
        await using var client = await host.ConnectAsync();

        for (var stream = 1; stream < 2 * (FrameScan.IdleBurst + 1); stream += 2)
        {
            await client.SendAsync([
                .. Frame(Headers, EndHeaders | EndStream, stream, Request("GET")),
                .. Frame(Reset, 0, stream, [0, 0, 0, 8]),
            ]);
        }

        await client.ReadToEndAsync();
    }

    [Fact]
    public async Task Who_never_opens_the_window_for_an_answer_loses_the_connection()
    {
        await using var host = await Scene.StartAsync();
        await using var client = await host.ConnectAsync(window: 0);
        await client.SendAsync(Frame(Headers, EndHeaders | EndStream, 1, Request("GET")));
        await client.ReadUntilAsync(Headers);

        var seconds = await host.SecondsUntilAsync(1032, async () => await client.SendAsync(Idle(nameof(Ping))));

        Assert.InRange(seconds, 9, 12); // 5 s, and 1,000 bytes at 240 a second
        await client.ReadToEndAsync();
    }

    [Fact]
    public async Task Who_opens_it_by_a_byte_now_and_then_does_too()
    {
        await using var host = await Scene.StartAsync();
        await using var client = await host.ConnectAsync(window: 0);
        await client.SendAsync(Frame(Headers, EndHeaders | EndStream, 1, Request("GET")));
        await client.ReadUntilAsync(Headers);

        var seconds = await host.SecondsUntilAsync(
            1032,
            async () => await client.SendAsync(Frame(WindowUpdate, 0, 1, [0, 0, 0, 1]))
        );

        Assert.InRange(seconds, 9, 12);
        await client.ReadToEndAsync();
    }

    [Fact]
    public async Task Who_opens_it_in_time_gets_the_answer()
    {
        await using var host = await Scene.StartAsync();
        await using var client = await host.ConnectAsync(window: 0);
        await client.SendAsync(Frame(Headers, EndHeaders | EndStream, 1, Request("GET")));
        await client.ReadUntilAsync(Headers);

        host.Time.Advance(TimeSpan.FromSeconds(4));
        await client.SendAsync(Frame(WindowUpdate, 0, 1, [0, 1, 0, 0]));
        await client.ReadAnswerAsync();
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await client.SendAsync(Frame(Headers, EndHeaders | EndStream, 3, Request("GET")));

        await client.ReadUntilAsync(Headers);
        Assert.DoesNotContain(host.Logs, entry => entry.Event == 1032);
    }

    [Fact]
    public async Task Who_takes_a_request_back_at_once_keeps_the_connection()
    {
        await using var host = await Scene.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.SendAsync([
            .. Frame(Headers, EndHeaders | EndStream, 1, Request("GET")),
            .. Frame(Reset, 0, 1, [0, 0, 0, 8]),
        ]);
        for (var stream = 3; stream < 13; stream += 2)
        {
            await client.SendAsync(Frame(Headers, EndHeaders | EndStream, stream, Request("GET")));
            await client.ReadAnswerAsync();
            host.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.DoesNotContain(host.Logs, entry => entry.Event == 1032);
    }

    private static byte[] Idle(string kind) =>
        kind switch
        {
            nameof(Ping) => Frame(Ping, 0, 0, new byte[8]),
            nameof(Settings) => Frame(Settings, 0, 0, []),
            nameof(Priority) => Frame(Priority, 0, 1, [0, 0, 0, 0, 1]),
            nameof(Unknown) => Frame(Unknown, 0, 1, [1, 2, 3]),
            nameof(Data) => Frame(Data, 0, 1, []),
            nameof(Padded) => Frame(Data, Padded, 1, [3, 0, 0, 0]),
            _ => Frame(WindowUpdate, 0, 0, [0, 0, 0, 1]),
        };

    private static byte[] Many(int count, byte[] frame) =>
        [.. Enumerable.Repeat(frame, count).SelectMany(each => each)];

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload) =>
        Http2Wire.Frame(type, flags, stream, payload);

    private static byte[] Request(string method) =>
        Http2Wire.Block([(":method", method), (":scheme", "http"), (":path", "/answer"), (":authority", "x")]);

    /// <summary>The platform on one listener for HTTP/2 and one for HTTP/1, with an answer of 1,000 bytes.</summary>
    private sealed class Scene(ServiceHost host, FakeTimeProvider time) : IAsyncDisposable
    {
        public FakeTimeProvider Time => time;

        public IReadOnlyCollection<LogEntry> Logs => host.Logs.Entries;

        public static async Task<Scene> StartAsync()
        {
            var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
            var host = await ServiceHost.StartHttpAsync(
                app => app.MapMethods("/answer", ["GET", "POST"], () => new string('a', 1000)),
                builder =>
                {
                    builder.Services.AddSingleton<TimeProvider>(time);
                    builder.WebHost.ConfigureKestrel(kestrel =>
                    {
                        kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
                        kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
                    });
                },
                // Far beyond what a test takes, so that it is not Kestrel's own clocks that end anything.
                ("Gateway:Http:HeaderSeconds", "120")
            );
            return new Scene(host, time);
        }

        public Task<Client> ConnectAsync(int? window = null) =>
            Client.ConnectAsync(new Uri(host.App.Urls.Last()).Port, window);

        public async Task<int> RefusedAsync(string rule)
        {
            var page = await host.Client.GetStringAsync("/metrics");
            var line = page.Split('\n').Single(line => line.Contains($"rule=\"{rule}\"", StringComparison.Ordinal));
            return int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        /// <summary>How many seconds of the gateway's clock pass until it says so, each begun with what the client does.</summary>
        public async Task<int> SecondsUntilAsync(int logged, Func<Task> each)
        {
            for (var seconds = 0; seconds < 60; seconds++)
            {
                if (Logs.Any(entry => entry.Event == logged))
                {
                    return seconds;
                }

                await each();
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
                time.Advance(TimeSpan.FromSeconds(1));
            }

            throw new TimeoutException($"Event {logged} was not logged within a minute of the gateway's clock.");
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }

    private sealed class Client(TcpClient socket) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));
        private NetworkStream? _stream; // taken once: a socket whose server has hung up gives none any more
        private byte _type;
        private byte _flags;

        public static async Task<Client> ConnectAsync(int port, int? window)
        {
            var client = new Client(new TcpClient());
            await client.OpenAsync(port, window);
            return client;
        }

        /// <summary>What a server that has hung up no longer takes is no fault.</summary>
        public async Task SendAsync(byte[] bytes)
        {
            try
            {
                await _stream!.WriteAsync(bytes, _patience.Token);
            }
            catch (IOException)
            {
                // seen at the next read
            }
        }

        public Task ReadUntilAsync(byte type) => ReadManyAsync(type, 1);

        /// <summary>Until a stream has ended: what is written has left before the clock is moved.</summary>
        public async Task ReadAnswerAsync()
        {
            do
            {
                await ReadFrameAsync();
            } while ((_flags & EndStream) == 0 || _type is not (Data or Headers));
        }

        public async Task ReadManyAsync(byte type, int count)
        {
            while (count > 0)
            {
                count -= await ReadFrameAsync() == type ? 1 : 0;
            }
        }

        /// <summary>The types of all frames until the server hangs up.</summary>
        public async Task<List<byte>> ReadToEndAsync()
        {
            var types = new List<byte>();
            try
            {
                while (true)
                {
                    types.Add(await ReadFrameAsync());
                }
            }
            catch (IOException)
            {
                return types;
            }
        }

        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            _patience.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task OpenAsync(int port, int? window)
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            _stream = socket.GetStream();
            byte[] settings = window is { } size ? [0, 4, 0, 0, 0, (byte)size] : [];
            await SendAsync([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, settings)]);
        }

        private async Task<byte> ReadFrameAsync()
        {
            var head = new byte[9];
            await _stream!.ReadExactlyAsync(head, _patience.Token);
            await socket
                .GetStream()
                .ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], _patience.Token);
            (_type, _flags) = (head[3], head[4]);
            return _type;
        }
    }
}
