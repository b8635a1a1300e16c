using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Tests.Http;

/// <summary>One address holds so many connections and no more; others never feel it.</summary>
public class ConnectionBoundTests
{
    private static readonly IPAddress s_other = IPAddress.Parse("127.0.0.2");

    [Fact]
    public async Task An_address_over_its_number_is_closed_at_once_and_counted_and_another_is_answered()
    {
        await using var host = await ServiceHost.StartHttpAsync(
            map: null,
            add: null,
            ("Gateway:Http:MaxConnectionsPerAddress", "3")
        );
        using var refused = new Refusals(host);
        var held = new List<TcpClient>();
        for (var i = 0; i < 3; i++)
        {
            held.Add(await ConnectAsync(host, IPAddress.Loopback));
            Assert.True(await IsAnsweredAsync(held[i]));
        }

        for (var i = 0; i < 20; i++)
        {
            Assert.False(await IsServedAsync(host, IPAddress.Loopback));
        }

        using var other = await ConnectAsync(host, s_other);
        Assert.True(await IsAnsweredAsync(other));
        Assert.True(await IsAnsweredAsync(held[0]));
        Assert.Equal(20, refused.Count);
        held.ForEach(client => client.Dispose());
    }

    /// <summary>A connection may be closed before the client has seen that it was made.</summary>
    private static async Task<bool> IsServedAsync(ServiceHost host, IPAddress from)
    {
        try
        {
            using var client = await ConnectAsync(host, from);
            return await IsAnsweredAsync(client);
        }
        catch (SocketException closed) when (closed.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    [Fact]
    public async Task A_connection_that_ended_leaves_its_place()
    {
        await using var host = await ServiceHost.StartHttpAsync(
            map: null,
            add: null,
            ("Gateway:Http:MaxConnectionsPerAddress", "1")
        );
        for (var i = 0; i < 10; i++)
        {
            await UntilAsync(() => IsServedAsync(host, IPAddress.Loopback));
        }
    }

    [Fact]
    public async Task A_proxy_in_front_has_no_such_number()
    {
        await using var host = await ServiceHost.StartHttpAsync(
            map: null,
            add: null,
            ("Gateway:Http:MaxConnectionsPerAddress", "1"),
            ("Gateway:Http:Proxies:0", "127.0.0.1")
        );
        using var first = await ConnectAsync(host, IPAddress.Loopback);
        using var second = await ConnectAsync(host, IPAddress.Loopback);
        using var other = await ConnectAsync(host, s_other);

        Assert.True(await IsAnsweredAsync(first));
        Assert.True(await IsAnsweredAsync(second));
        Assert.True(await IsAnsweredAsync(other));
        Assert.False(await IsServedAsync(host, s_other));
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_stops_the_start()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            ServiceHost.StartHttpAsync(map: null, add: null, ("Gateway:Http:Proxies:0", "proxy.example"))
        );
        Assert.Contains("proxy.example is no IP address", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<TcpClient> ConnectAsync(ServiceHost host, IPAddress from)
    {
        var client = new TcpClient(new IPEndPoint(from, 0)) { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        return client;
    }

    /// <summary>Whether a request over the connection gets an answer; the connection stays open then.</summary>
    private static async Task<bool> IsAnsweredAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
            var answer = new byte[1024];
            var read = await client.GetStream().ReadAsync(answer);
            return Encoding.ASCII.GetString(answer, 0, read).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 500; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.Fail("The place was never given back.");
    }

    private sealed class Refusals : IDisposable
    {
        private readonly MeterListener _listener = new();
        private int _count;

        public Refusals(ServiceHost host)
        {
            var scope = host.App.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (
                    instrument.Name == "integration.front.connections_refused"
                    && ReferenceEquals(instrument.Meter.Scope, scope)
                )
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _count, (int)count));
            _listener.Start();
        }

        public int Count => Volatile.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
