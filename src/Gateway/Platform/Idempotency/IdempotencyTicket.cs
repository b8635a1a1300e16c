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

    /// <summary>The row that keeps the answer; it goes into the commit that makes the answer true. Only successes are kept.</summary>
    /// <returns>Null: nothing is kept.</returns>
    public IdempotencyRow? Use(StoredResponse answer) => Use(answer, isEffect: false);

    /// <summary>The same for what had an effect at an agency: its key is remembered after the answer is gone.</summary>
    public IdempotencyRow? UseForEffect(StoredResponse answer) => Use(answer, isEffect: true);

    /// <summary>The row of an answer that has no commit of its own, to be inserted unless another node has kept one for the key.</summary>
    public IdempotencyRow? RowAlone(StoredResponse answer) => RowOf(answer, isEffect: false);

    /// <summary>Another attempt begins: the transaction that had the answer did not commit, and the next one may have none.</summary>
    public void Renew() => IsUsed = false;

    private IdempotencyRow? Use(StoredResponse answer, bool isEffect)
    {
        var row = RowOf(answer, isEffect);
        IsUsed |= row is not null;
        return row;
    }

    private IdempotencyRow? RowOf(StoredResponse answer, bool isEffect)
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
