using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Protection;

namespace Integration.Gateway.Platform.Idempotency;

/// <summary>The right to keep the answer of one request, given to the first that came with a key.</summary>
internal sealed class IdempotencyTicket
{
    private readonly PersonalDataVault? _vault;
    private readonly string _callerId = string.Empty;
    private readonly string _key = string.Empty;
    private readonly byte[] _digest = [];
    private readonly DateTimeOffset _at;

    public IdempotencyTicket(PersonalDataVault vault, string callerId, string key, byte[] digest, DateTimeOffset at) =>
        (_vault, _callerId, _key, _digest, _at) = (vault, callerId, key, digest, at);

    private IdempotencyTicket() { }

    /// <summary>For a request without a key: keeps nothing.</summary>
    public static IdempotencyTicket None { get; } = new();

    /// <summary>Adds the answer to the transaction that makes it true. Only successes are kept.</summary>
    public Action<GatewayDb> Keep(KeptAnswer answer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(answer.Status, 200, nameof(answer));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(answer.Status, 299, nameof(answer));
        if (_vault is null)
        {
            return static _ => { };
        }

        var row = new IdempotencyRow
        {
            CallerId = _callerId,
            Key = _key,
            Digest = _digest,
            Status = answer.Status,
            Body = _vault.SealBytes(answer.Body),
            At = _at,
        };
        return db => db.Append(row);
    }
}
