using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>
/// How many connections one address holds at a time, over all listeners. It stands in front of TLS: a connection beyond the
/// bound is closed before anything is computed for it. Holds a count for each address that is connected, no more.
/// </summary>
internal sealed class ConnectionBound(IOptions<GatewayHttpOptions> options, FrontMetrics metrics)
{
    private readonly ConcurrentDictionary<AddressKey, int> _held = new();
    private readonly int _most = options.Value.MaxConnectionsPerAddress;
    private readonly HashSet<AddressKey> _proxies = [.. options.Value.ProxyAddresses().Select(AddressKey.From)];

    public ConnectionDelegate Around(ConnectionDelegate next) =>
        async connection =>
        {
            var address = AddressKey.From((connection.RemoteEndPoint as IPEndPoint)?.Address);
            if (_proxies.Contains(address))
            {
                await next(connection);
                return;
            }

            if (!Take(address))
            {
                metrics.ConnectionRefused();
                connection.Abort(new ConnectionAbortedException("The address holds too many connections."));
                return;
            }

            try
            {
                await next(connection);
            }
            finally
            {
                GiveBack(address);
            }
        };

    private bool Take(AddressKey address)
    {
        while (true)
        {
            if (!_held.TryGetValue(address, out var held))
            {
                if (_held.TryAdd(address, 1))
                {
                    return true;
                }
            }
            else if (held >= _most)
            {
                return false;
            }
            else if (_held.TryUpdate(address, held + 1, held))
            {
                return true;
            }
        }
    }

    private void GiveBack(AddressKey address)
    {
        while (_held.TryGetValue(address, out var held))
        {
            if (
                held > 1
                    ? _held.TryUpdate(address, held - 1, held)
                    : _held.TryRemove(KeyValuePair.Create(address, held))
            )
            {
                return;
            }
        }
    }
}
