using System.Collections.Concurrent;
using Integration.Adapters.Ports;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>
/// The last calls of each operation that brought no usable answer, on this node and in memory: the whole story is the
/// evidence. Holds <see cref="Kept"/> of each operation that was ever in the catalogue.
/// </summary>
internal sealed class RecentFailures
{
    public const int Kept = 5;

    private readonly ConcurrentDictionary<string, RecentFailure[]> _failures = new(StringComparer.Ordinal);

    public void Note(string operation, RecentFailure failure) =>
        _failures.AddOrUpdate(
            operation,
            static (_, first) => [first],
            static (_, before, latest) => [latest, .. before.Take(Kept - 1)],
            failure
        );

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RecentFailure> For(string operation) => _failures.GetValueOrDefault(operation) ?? [];
}

/// <summary>One call without a usable answer.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Failure">Why.</param>
/// <param name="EvidenceId">Its record.</param>
internal sealed record RecentFailure(DateTimeOffset At, AgencyFailure Failure, string EvidenceId);
