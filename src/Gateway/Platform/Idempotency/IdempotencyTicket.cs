using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Protection;

namespace Integration.Gateway.Platform.Idempotency;

/// <summary>The right to keep the answer of one request, given to the first that came with a key.</summary>
internal sealed class IdempotencyTicket
{
    private readonly PersonalDataVault? _vault;
    private readonly IdempotencyRow? _blank;

    /// <summary>A ticket of one request.</summary>
    /// <param name="vault">Seals the answer.</param>
    /// <param name="blank">The row, but for its answer.</param>
    public IdempotencyTicket(PersonalDataVault vault, IdempotencyRow blank) => (_vault, _blank) = (vault, blank);

    private IdempotencyTicket() { }

    /// <summary>For a request without a key: keeps nothing.</summary>
    public static IdempotencyTicket None { get; } = new();

    /// <summary>Whether the answer was handed to a transaction.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>Adds the answer to the transaction that makes it true. Only successes are kept.</summary>
    public Action<GatewayDb> Keep(KeptAnswer answer) => Use(answer, isEffect: false);

    /// <summary>The same for what had an effect at an agency: its key is remembered after the answer is gone.</summary>
    public Action<GatewayDb> KeepEffect(KeptAnswer answer) => Use(answer, isEffect: true);

    /// <summary>The same in a transaction of its own, unless another node has kept an answer for the key.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="orElse">Done when another node was first.</param>
    public Action<GatewayDb> KeepIfFirst(KeptAnswer answer, Action orElse) =>
        RowOf(answer, isEffect: false) is { } row ? db => db.AppendIfAbsent(row, _ => orElse()) : static _ => { };

    /// <summary>Another attempt begins: the transaction that had the answer did not commit, and the next one may have none.</summary>
    public void Renew() => IsUsed = false;

    private Action<GatewayDb> Use(KeptAnswer answer, bool isEffect)
    {
        if (RowOf(answer, isEffect) is not { } row)
        {
            return static _ => { };
        }

        IsUsed = true;
        return db => db.Append(row);
    }

    private IdempotencyRow? RowOf(KeptAnswer answer, bool isEffect)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(answer.Status, 200, nameof(answer));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(answer.Status, 299, nameof(answer));
        return _blank is null
            ? null
            : _blank with
            {
                Status = answer.Status,
                Body = _vault!.SealBytes(answer.Body),
                IsEffect = isEffect,
            };
    }
}
