using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Integration.Gateway.Platform.Problems;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// How often one address may ask for a token: whoever is not known yet costs a key derivation and a signature. Addresses
/// share a fixed number of places, so that many addresses need no memory; two that share one share its rate. IPv6 counts by
/// network of 64 bits. Over the rate nothing is looked at; a limiter that cannot say yes has said no.
/// </summary>
internal sealed class TokenRate(IOptions<TokenOptions> options) : IDisposable
{
    private const int Places = 4096;
    private const int NetworkBytes = 8;

    private readonly PartitionedRateLimiter<IPAddress?> _limiter = PartitionedRateLimiter.Create<IPAddress?, int>(
        address => RateLimitPartition.GetTokenBucketLimiter(PlaceOf(address), _ => Bucket(options.Value))
    );

    /// <summary>True when the request may be looked at; false with what it is told.</summary>
    public bool Allows(IPAddress? address, out Refusal refusal)
    {
        refusal = Refusal.TooManyRequests;
        using var lease = _limiter.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    private static TokenBucketRateLimiterOptions Bucket(TokenOptions options) =>
        new()
        {
            TokenLimit = options.Burst,
            TokensPerPeriod = options.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        };

    /// <summary>Seeded anew with each process, so that nobody can choose whose place to share.</summary>
    private static int PlaceOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        if (address is null || !address.TryWriteBytes(bytes, out var length))
        {
            return 0;
        }

        var hash = new HashCode();
        hash.AddBytes(bytes[..(address.AddressFamily == AddressFamily.InterNetworkV6 ? NetworkBytes : length)]);
        return (int)((uint)hash.ToHashCode() % Places);
    }
}
