using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Http;

/// <summary>What the gateway's own listeners take. Section <c>Gateway:Http</c>.</summary>
internal sealed record GatewayHttpOptions
{
    public const string Section = "Gateway:Http";

    /// <summary>Largest body, bytes; beyond it 413 <c>body-too-large</c>. Default 1 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public long MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>All headers of a request together, bytes; beyond it 431. Default 16 KiB.</summary>
    [Range(1024, 128 * 1024)]
    public int MaxHeaderBytes { get; init; } = 16 * 1024;

    /// <summary>Headers of a request; beyond it 431. Default 64.</summary>
    [Range(16, 512)]
    public int MaxHeaders { get; init; } = 64;

    /// <summary>Longest request line, bytes; beyond it 414. Default 4 KiB: nothing personal belongs there, so it is short.</summary>
    [Range(512, 64 * 1024)]
    public int MaxRequestLineBytes { get; init; } = 4 * 1024;

    /// <summary>Time for the headers to arrive, seconds; then 408. Default 10.</summary>
    [Range(1, 120)]
    public int HeaderSeconds { get; init; } = 10;

    /// <summary>How long an idle connection is kept, seconds. Default 120.</summary>
    [Range(1, 3600)]
    public int KeepAliveSeconds { get; init; } = 120;

    /// <summary>A body or a reader slower than this for five seconds loses its connection, bytes per second. Default 240.</summary>
    [Range(1, 1024 * 1024)]
    public int MinBytesPerSecond { get; init; } = 240;

    /// <summary>Connections at one time; further ones are closed at once. Default 4,000.</summary>
    [Range(10, 100_000)]
    public int MaxConnections { get; init; } = 4000;

    /// <summary>
    /// Connections that one address may hold at a time; further ones are closed at once. Default 1,024: as many requests as
    /// are answered at once, so that a proxy in front meets no lower bound, and no address takes all connections.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxConnectionsPerAddress { get; init; } = 1024;

    /// <summary>
    /// Addresses of proxies in front, which bound their own callers: <see cref="MaxConnectionsPerAddress"/> does not hold for
    /// them. Of an IPv6 address its network of 64 bits counts. Default none.
    /// </summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>HTTP/2 streams at one time on one connection. Default 100.</summary>
    [Range(1, 1000)]
    public int MaxStreams { get; init; } = 100;

    /// <summary>
    /// Values of <c>Host</c> that are answered, without port; others get 400. Default empty: all, which is refused at start where a
    /// listener can be reached from outside this machine.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>
    /// After a stop was asked for: how long <c>/health/ready</c> says 503 before the listeners close, so that a load
    /// balancer can turn away, seconds. Default 0.
    /// </summary>
    [Range(0, 120)]
    public int DrainSeconds { get; init; }

    /// <summary>How long running requests may take to end at a stop, seconds; then they are cut. Default 30.</summary>
    [Range(1, 300)]
    public int ShutdownSeconds { get; init; } = 30;

    public IEnumerable<IPAddress> ProxyAddresses() => Proxies.Select(IPAddress.Parse);
}

/// <summary>Each address of a proxy must be one.</summary>
internal sealed class ProxyAddressesValidator : IValidateOptions<GatewayHttpOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayHttpOptions options)
    {
        var faults = options
            .Proxies.Where(text => !IPAddress.TryParse(text, out _))
            .Select(text =>
                $"{GatewayHttpOptions.Section}:{nameof(GatewayHttpOptions.Proxies)}: {text} is no IP address."
            )
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
