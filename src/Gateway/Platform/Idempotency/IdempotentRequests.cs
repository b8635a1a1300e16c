using System.Security.Cryptography;
using System.Text;
using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Platform.Idempotency;

/// <summary>
/// Same key and same body = same answer; same key and other body = conflict. The answer is kept in the transaction of the
/// evidence, so it exists exactly when the first request took effect.
/// <code>
/// key? -> gate (duplicates in this process wait) -> kept answer? replay -> handler -> overtaken by another node? replay
/// </code>
/// </summary>
internal sealed class IdempotentRequests(
    IDbContextFactory<GatewayDb> factory,
    PersonalDataVault vault,
    IdempotencyGate gate,
    TimeProvider time
)
{
    public const string HeaderName = "Idempotency-Key";
    private const int LongestKey = 128;

    /// <summary>Runs the handler once for each key.</summary>
    /// <param name="callerId">The authenticated caller; keys of different callers never meet.</param>
    /// <param name="key">The header's value; null when it was not sent, then the handler just runs.</param>
    /// <param name="operation">Method and path: a key used for another operation is a conflict.</param>
    /// <param name="body">The bytes as received.</param>
    /// <param name="handle">Does the work; calls <see cref="IdempotencyTicket.Keep"/> within its transaction.</param>
    /// <param name="cancellationToken">Ends the waiting for a duplicate.</param>
    public async Task<Result<KeptAnswer>> Run(
        string callerId,
        string? key,
        string operation,
        ReadOnlyMemory<byte> body,
        Func<IdempotencyTicket, Task<Result<KeptAnswer>>> handle,
        CancellationToken cancellationToken
    )
    {
        if (key is null)
        {
            return await handle(IdempotencyTicket.None);
        }

        if (!IsKey(key))
        {
            return Refusal.RequestInvalid([
                new FieldFault($"header:{HeaderName}", "format", "1 to 128 visible ASCII characters are needed."),
            ]);
        }

        using var turn = await gate.Enter((callerId, key), cancellationToken);
        if (turn is null)
        {
            return InProgress;
        }

        var digest = DigestOf(operation, body.Span);
        var hash = vault.HashOf("idempotency-key", key).Value;
        if (await Find(callerId, hash, digest, cancellationToken) is { } kept)
        {
            return kept;
        }

        var ticket = new IdempotencyTicket(vault, callerId, hash, digest, time.GetUtcNow());
        var answer = await handle(ticket);
        return !answer.Succeeded(out _, out var refusal) && ReferenceEquals(refusal, Refusal.Overtaken)
            ? await Find(callerId, hash, digest, cancellationToken) ?? answer
            : answer;
    }

    private static Refusal InProgress { get; } =
        new(
            StatusCodes.Status409Conflict,
            ProblemCodes.IdempotencyInProgress,
            "The first request with this idempotency key is still running.",
            "Wait a moment and send it again with the same Idempotency-Key.",
            "caller",
            RetryAdvice.Safe
        )
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    private static bool IsKey(string key) =>
        key.Length is > 0 and <= LongestKey && key.All(character => character is > ' ' and < '\x7f');

    private static byte[] DigestOf(string operation, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(operation + '\n'));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private async Task<Result<KeptAnswer>?> Find(
        string callerId,
        string hash,
        byte[] digest,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<IdempotencyRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.CallerId == callerId && row.Key == hash, cancellationToken);
        if (row is null)
        {
            return null;
        }

        return CryptographicOperations.FixedTimeEquals(row.Digest, digest)
            ? new KeptAnswer(row.Status, vault.OpenBytes(row.Body))
            : Refusal.IdempotencyConflict;
    }
}

/// <summary>A successful answer as it goes over the wire.</summary>
/// <param name="Status">A 2xx status.</param>
/// <param name="Body">The JSON as sent.</param>
internal sealed record KeptAnswer(int Status, byte[] Body)
{
    public static KeptAnswer Ok(byte[] body) => new(StatusCodes.Status200OK, body);

    public static KeptAnswer Created(byte[] body) => new(StatusCodes.Status201Created, body);
}
