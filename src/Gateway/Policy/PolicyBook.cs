using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.Policy;

/// <summary>All editions, one after the other without gap or overlap.</summary>
internal sealed class PolicyBook
{
    private readonly IReadOnlyList<PolicyEdition> _editions;

    private PolicyBook(IReadOnlyList<PolicyEdition> editions) => _editions = editions;

    /// <summary>Reads and checks every file.</summary>
    /// <param name="files">The files.</param>
    /// <param name="agencies">The agencies that can answer each kind of check.</param>
    /// <param name="utilities">The utilities that are switched on, each of which needs its lines; null: every one.</param>
    /// <exception cref="PolicyInvalidException">Anything is wrong; the message lists all of it.</exception>
    public static PolicyBook Open(
        IReadOnlyList<PolicyFile> files,
        ILookup<CheckKind, string> agencies,
        IReadOnlySet<Utility>? utilities = null
    )
    {
        utilities ??= Enum.GetValues<Utility>().ToHashSet();
        var faults = new List<string>();
        var editions = files.Select(file => file.Read(faults)).OfType<PolicyEdition>().ToList();
        faults.AddRange(editions.SelectMany(edition => EditionFaults.In(edition, agencies, utilities)));
        faults.AddRange(ValidityFaults.In(editions));
        return faults.Count == 0
            ? new PolicyBook([.. editions.OrderBy(edition => edition.ValidFrom)])
            : throw new PolicyInvalidException(faults);
    }

    /// <summary>The edition in force at a moment.</summary>
    /// <exception cref="InvalidOperationException">The moment lies outside all editions.</exception>
    public PolicyEdition InForce(DateTimeOffset moment) =>
        Find(moment)
        ?? throw new InvalidOperationException($"No policy edition is in force on {ChinaTime.Day(moment):yyyy-MM-dd}.");

    /// <summary>Whether an edition is in force at a moment.</summary>
    public bool Covers(DateTimeOffset moment) => Find(moment) is not null;

    /// <summary>The edition a case was accepted under.</summary>
    /// <exception cref="InvalidOperationException">The edition was taken out of the book while cases still need it.</exception>
    public PolicyEdition Version(string version) =>
        _editions.FirstOrDefault(edition => edition.Version == version)
        ?? throw new InvalidOperationException($"Policy edition {version} is not in the book.");

    private PolicyEdition? Find(DateTimeOffset moment)
    {
        var day = ChinaTime.Day(moment);
        return _editions.LastOrDefault(edition => edition.ValidFrom <= day && day <= (edition.ValidUntil ?? day));
    }
}

/// <summary>The policy data are wrong: the host does not start.</summary>
internal sealed class PolicyInvalidException(IReadOnlyList<string> faults)
    : Exception($"The policy data have {faults.Count} fault(s):\n{string.Join('\n', faults)}")
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
