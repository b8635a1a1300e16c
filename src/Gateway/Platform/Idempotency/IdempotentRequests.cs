using System.Security.Cryptography;
using System.Text;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Idempotency;

/// <summary>
/// Same key and same body = same answer; same key and other body = conflict. The answer is kept in the transaction of the
/// evidence, so it exists exactly when the first request took effect. A caller that repeats a request is judged as if it came
/// for the first time: a kept answer is released only to a caller that may have it now.
/// <code>
/// key? -> gate (duplicates in this process wait) -> judged -> kept answer? replay -> room? -> handler -> overtaken by another node? replay
/// </code>
/// </summary>
internal sealed class IdempotentRequests(
    IDbContextFactory<GatewayDb> factory,
    PersonalDataVault vault,
    IdempotencyGate gate,
    StoredResponseRoom room,
    IOptions<IdempotencyOptions> options,
    TimeProvider time
)
{
    public const string HeaderName = "Idempotency-Key";
    private const int LongestKey = 128;

    private readonly IdempotencyOptions _options = options.Value;

    /// <summary>Runs the handler once for each key.</summary>
    /// <param name="request">What makes it the same request.</param>
    /// <param name="judge">
    /// Whether the caller may have now what it asks for: the check of a fresh request. It runs for each request, before the
    /// handler and before a kept answer is released; its refusal is the answer.
    /// </param>
    /// <param name="handle">
    /// Does the work under the permission; calls <see cref="IdempotencyTicket.Use(StoredResponse)"/> within its transaction. Where nothing is
    /// committed, because the operation is safe to repeat by itself, the answer is kept right afterwards.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting for a duplicate.</param>
    public async Task<Result<StoredResponse>> RunAsync<TPermission>(
        IdempotentRequest request,
        Func<Task<Result<TPermission>>> judge,
        Func<TPermission, IdempotencyTicket, Task<Result<StoredResponse>>> handle,
        CancellationToken cancellationToken
    )
        where TPermission : IPermission
    {
        if (request.Key is not { } key)
        {
            return (await judge()).Succeeded(out var allowed, out var refusal)
                ? await handle(allowed, IdempotencyTicket.None)
                : refusal;
        }

        if (!IsKey(key))
        {
            return IdempotencyRefusals.BadKey;
        }

        using var turn = await gate.EnterAsync((request.CallerId, key), cancellationToken);
        if (turn is null)
        {
            return IdempotencyRefusals.InProgress;
        }

        return (await judge()).Succeeded(out var permission, out var notAllowed)
            ? await RunOnceAsync(BlankFor(request, permission), permission, handle, cancellationToken)
            : notAllowed;
    }

    private async Task<Result<StoredResponse>> RunOnceAsync<TPermission>(
        IdempotencyRow blank,
        TPermission permission,
        Func<TPermission, IdempotencyTicket, Task<Result<StoredResponse>>> handle,
        CancellationToken cancellationToken
    )
        where TPermission : IPermission
    {
        if (await FindAsync(blank, permission, cancellationToken) is { } kept)
        {
            return kept;
        }

        if (!await room.TryTakeAsync(blank.CallerId, cancellationToken))
        {
            return IdempotencyRefusals.NoRoom(_options.MostPerCaller);
        }

        var isKept = false;
        try
        {
            var ticket = new IdempotencyTicket(vault, blank);
            var answer = await handle(permission, ticket);
            if (answer.Succeeded(out var success, out var refusal))
            {
                isKept = ticket.IsUsed || await KeepAloneAsync(ticket, success);
                return isKept ? answer : await FindAsync(blank, permission, CancellationToken.None) ?? answer;
            }

            // The first of two that were sent at once may have been answered by another node.
            return refusal.Status == StatusCodes.Status409Conflict
                ? await FindAsync(blank, permission, cancellationToken) ?? answer
                : answer;
        }
        finally
        {
            if (!isKept)
            {
                room.GiveBack(blank.CallerId);
            }
        }
    }

    private static bool IsKey(string key) =>
        key.Length is > 0 and <= LongestKey && key.All(character => character is > ' ' and < '\x7f');

    private IdempotencyRow BlankFor(IdempotentRequest request, IPermission permission)
    {
        var now = StoredTime.From(time.GetUtcNow());
        return new IdempotencyRow
        {
            CallerId = request.CallerId,
            Key = vault.HashOf("idempotency-key", request.Key!).Value,
            Digest = vault.DigestOf(
                "idempotent-request",
                [.. Encoding.UTF8.GetBytes(request.Operation + '\n'), .. request.Body.Span]
            ),
            Status = 0,
            Body = null,
            Scope = string.Join(' ', permission.Scope.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            IsEffect = false,
            At = now,
            ExpiresAt = now + TimeSpan.FromHours(_options.KeepHours),
        };
    }

    /// <summary>What is kept for the key, for this caller to have now; null: nothing is.</summary>
    private async Task<Result<StoredResponse>?> FindAsync(
        IdempotencyRow asked,
        IPermission permission,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<IdempotencyRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.CallerId == asked.CallerId && row.Key == asked.Key, cancellationToken);
        if (row is null)
        {
            return null;
        }

        if (!CryptographicOperations.FixedTimeEquals(row.Digest, asked.Digest))
        {
            return Refusal.IdempotencyConflict;
        }

        var lost = row
            .Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Except(permission.Scope, StringComparer.Ordinal)
            .ToList();
        if (lost.Count > 0)
        {
            return IdempotencyRefusals.Narrowed(lost);
        }

        return row.Body is { } body
            ? new StoredResponse(row.Status, vault.OpenBytes(body))
            : IdempotencyRefusals.AnswerGone;
    }

    /// <summary>Keeps the answer of an operation that commits nothing of its own or is safe to repeat.</summary>
    /// <returns>False: another node kept one first.</returns>
    private async Task<bool> KeepAloneAsync(IdempotencyTicket ticket, StoredResponse answer)
    {
        await using var db = await factory.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var another = new AnotherAnswer();
        if (ticket.RowAlone(answer) is { } row)
        {
            db.Append(new AppendedRow(row) { IfAbsent = true, Otherwise = another });
        }

        db.WriteAppended();
        await transaction.CommitAsync();
        return !another.IsThere;
    }

    /// <summary>Notes that another node has kept an answer for the key.</summary>
    private sealed class AnotherAnswer : IRowWrite
    {
        public bool IsThere { get; private set; }

        public void WriteTo(GatewayDb db) => IsThere = true;
    }
}
