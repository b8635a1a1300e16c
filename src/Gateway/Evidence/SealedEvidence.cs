using Microsoft.EntityFrameworkCore.Storage;

namespace Integration.Gateway.Evidence;

/// <summary>Where a record stands in its chain.</summary>
internal sealed record EvidencePosition(string EvidenceId, string Chain, long Sequence, byte[] Hash);

/// <summary>
/// Proof that records are committed. It is made only by committing them, and an answer can only be released with it:
/// no evidence, no answer.
/// </summary>
internal sealed class SealedEvidence
{
    private SealedEvidence(IReadOnlyList<EvidencePosition> positions) => Positions = positions;

    /// <summary>One for each draft, in the order of the drafts.</summary>
    public IReadOnlyList<EvidencePosition> Positions { get; }

    /// <summary>Commits the transaction that holds the records; nothing is sealed when this throws.</summary>
    public static IReadOnlyList<SealedEvidence> Commit(
        IDbContextTransaction transaction,
        IEnumerable<IReadOnlyList<EvidencePosition>> records
    )
    {
        transaction.Commit();
        return [.. records.Select(positions => new SealedEvidence(positions))];
    }

    /// <summary>Lets an answer go.</summary>
    public Released<T> Release<T>(T answer)
        where T : notnull => new(this, answer);
}

/// <summary>An answer whose evidence is committed. Endpoints send nothing else.</summary>
internal sealed class Released<T>(SealedEvidence evidence, T answer)
    where T : notnull
{
    public SealedEvidence Evidence { get; } = evidence;

    public T Answer { get; } = answer;
}
