using System.Net;
using System.Threading.RateLimiting;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Problems;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// How often tokens may be asked for: by one address, because a client that is not known yet costs a key derivation and a
/// signature, and by one client that has proved itself. Addresses share a fixed number of places, so that many addresses need
/// no memory; two that share one share its rate. Over the rate nothing is looked at; a limiter that cannot say yes has said no.
/// </summary>
internal sealed class TokenRate(IOptions<TokenOptions> options) : IDisposable
{
    private const int Places = 4096;

    private readonly PartitionedRateLimiter<AddressKey> _addresses = PartitionedRateLimiter.Create<AddressKey, int>(
        address => RateLimitPartition.GetTokenBucketLimiter(PlaceOf(address), _ => Bucket(options.Value))
    );

    /// <summary>One partition for each client of the file.</summary>
    private readonly PartitionedRateLimiter<string> _clients = PartitionedRateLimiter.Create<string, string>(
        client => RateLimitPartition.GetTokenBucketLimiter(client, _ => Bucket(options.Value)),
        StringComparer.Ordinal
    );

    /// <summary>One partition for each client and address that <see cref="ProvenClients"/> holds.</summary>
    private readonly PartitionedRateLimiter<(string, AddressKey)> _returning = PartitionedRateLimiter.Create<
        (string, AddressKey),
        (string, AddressKey)
    >(pair => RateLimitPartition.GetTokenBucketLimiter(pair, _ => Bucket(options.Value)));

    /// <summary>True when the request may be looked at; false with what it is told.</summary>
    public bool Allows(IPAddress? address, out Refusal refusal)
    {
        refusal = Refusal.TooManyRequests;
        using var lease = _addresses.AttemptAcquire(AddressKey.From(address));
        return lease.IsAcquired;
    }

    /// <summary>Counts a token of a client that has proved itself.</summary>
    public bool AllowsClient(string client)
    {
        using var lease = _clients.AttemptAcquire(client);
        return lease.IsAcquired;
    }

    /// <summary>Counts a request that names a client where this client has come from lately.</summary>
    public bool AllowsReturning(string client, AddressKey address)
    {
        using var lease = _returning.AttemptAcquire((client, address));
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _clients.Dispose();
        _returning.Dispose();
    }

    private static TokenBucketRateLimiterOptions Bucket(TokenOptions options) =>
        new()
        {
            TokenLimit = options.Burst,
            TokensPerPeriod = options.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        };

    /// <summary>The hash is seeded anew with each process, so that no sender can choose whose place to share.</summary>
    private static int PlaceOf(AddressKey address) => (int)((uint)address.GetHashCode() % Places);
}
