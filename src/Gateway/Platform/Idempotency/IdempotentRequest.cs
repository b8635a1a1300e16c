namespace Integration.Gateway.Platform.Idempotency;

/// <summary>What makes two requests the same one.</summary>
/// <param name="CallerId">The authenticated caller; keys of different callers never meet.</param>
/// <param name="Key">The header's value; null when it was not sent, then every request runs.</param>
/// <param name="Operation">Method, path and query: a key used for another operation is a conflict.</param>
/// <param name="Body">The bytes as received, or their digest. Only a keyed digest of them is stored.</param>
internal readonly record struct IdempotentRequest(
    string CallerId,
    string? Key,
    string Operation,
    ReadOnlyMemory<byte> Body
)
{
    /// <summary>Key and body may hold personal data.</summary>
    public override string ToString() => nameof(IdempotentRequest);
}
