using System.Collections.Frozen;

namespace Integration.Gateway.Callers;

/// <summary>All clients and grants as of one version of the callers file. Never changes; a request reads one and keeps it.</summary>
internal sealed class CallersSnapshot
{
    private readonly FrozenDictionary<string, Client> _clients;
    private readonly FrozenDictionary<string, Client> _byCertificate;
    private readonly FrozenDictionary<string, IReadOnlyList<Grant>> _grantsByClient;

    public CallersSnapshot(string version, IReadOnlyList<Client> clients, IReadOnlyList<Grant> grants)
    {
        Version = version;
        Clients = clients;
        Grants = grants;
        SecretIterations = clients.Max(client => client.Secret?.Iterations) ?? 0;
        _clients = clients.ToFrozenDictionary(client => client.Caller.Id, StringComparer.Ordinal);
        _byCertificate = clients
            .SelectMany(client => client.Certificates, KeyValuePair.Create)
            .ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        _grantsByClient = grants
            .GroupBy(grant => grant.Client, StringComparer.Ordinal)
            .ToFrozenDictionary(
                group => group.Key,
                IReadOnlyList<Grant> (group) => group.ToArray(),
                StringComparer.Ordinal
            );
    }

    /// <summary>Digest of the file and of the secrets it refers to, 16 hex digits; a key for logs, no secret.</summary>
    public string Version { get; }

    public IReadOnlyList<Client> Clients { get; }

    public IReadOnlyList<Grant> Grants { get; }

    /// <summary>What the dearest secret costs to compare; each comparison costs as much, so that none tells anything. 0: no hash is kept.</summary>
    public int SecretIterations { get; }

    /// <summary>The client, disabled or not; null when there is none.</summary>
    public Client? Find(string? clientId) => clientId is null ? null : _clients.GetValueOrDefault(clientId);

    /// <summary>The client that this certificate is pinned to, disabled or not.</summary>
    /// <param name="thumbprint">SHA-256, upper-case hex.</param>
    public Client? FindByCertificate(string thumbprint) => _byCertificate.GetValueOrDefault(thumbprint);

    /// <summary>The client's grants in the order of the file; none for a client that is unknown or disabled.</summary>
    public IReadOnlyList<Grant> GrantsOf(string clientId) =>
        Find(clientId) is { Enabled: true } && _grantsByClient.TryGetValue(clientId, out var grants) ? grants : [];
}
