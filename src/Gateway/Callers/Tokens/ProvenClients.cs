using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Integration.Gateway.Platform.Http;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// Which clients have proved lately who they are. An id is no secret, so the id alone opens no room: a client with a secret is
/// known by the secret (its keyed digest, the key is this process's), a client with assertions by id and address together.
/// Holds one digest and a few addresses for each client of the file; nothing that strangers send adds to it.
/// </summary>
internal sealed class ProvenClients(TimeProvider time)
{
    /// <summary>A client that needs tokens comes every ten minutes.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    private const int MostAddresses = 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly ConditionalWeakTable<ClientSecret, Proof> _secrets = [];
    private readonly ConcurrentDictionary<string, ImmutableList<Visit>> _visits = new(StringComparer.Ordinal);

    /// <summary>Whether this is the secret with which the client proved itself lately. Costs a microsecond.</summary>
    public bool Knows(Client? client, string? presented)
    {
        if (presented is null or { Length: > ClientSecret.MaxLength })
        {
            return false;
        }

        var digest = DigestOf(presented);
        return client is { Enabled: true, Secret: { } secret }
            && _secrets.TryGetValue(secret, out var proof)
            && IsLate(proof.At)
            && CryptographicOperations.FixedTimeEquals(proof.Digest, digest);
    }

    /// <summary>Whether the client proved itself by an assertion from there lately.</summary>
    public bool HasCome(Client? client, AddressKey address) =>
        client is { Enabled: true }
        && _visits.TryGetValue(client.Caller.Id, out var visits)
        && visits.Exists(visit => visit.Address == address && IsLate(visit.At));

    /// <summary>The client has proved itself with its secret.</summary>
    public void Remember(Client client, string presented)
    {
        if (client.Secret is { } secret)
        {
            _secrets.AddOrUpdate(secret, new Proof(DigestOf(presented), time.GetTimestamp()));
        }
    }

    /// <summary>The client has proved itself by an assertion.</summary>
    public void Remember(Client client, AddressKey address)
    {
        var visit = new Visit(address, time.GetTimestamp());
        _visits.AddOrUpdate(
            client.Caller.Id,
            static (_, visit) => [visit],
            static (_, visits, visit) =>
            {
                var others = visits.RemoveAll(other => other.Address == visit.Address);
                return (others.Count < MostAddresses ? others : others.RemoveAt(0)).Add(visit);
            },
            visit
        );
    }

    private bool IsLate(long at) => time.GetElapsedTime(at) <= Lately;

    private byte[] DigestOf(string presented) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(presented));

    private sealed record Proof(byte[] Digest, long At);

    private sealed record Visit(AddressKey Address, long At);
}
