using System.Collections.Frozen;

namespace Integration.Sandbox.Fixtures;

/// <summary>The fixtures as the agencies look them up. All comparisons are exact: no agency normalises.</summary>
internal sealed class Registers
{
    private readonly ReplicaLag _lag;
    private readonly FrozenDictionary<string, Company> _companies;

    public Registers(FixtureFile file, ReplicaLag lag)
    {
        _lag = lag;
        _companies = file.Companies.ToFrozenDictionary(company => company.Uscc, StringComparer.Ordinal);
        PeopleByKey = file.People.ToFrozenDictionary(person => person.Key, StringComparer.Ordinal);
        People = file.People.ToFrozenDictionary(person => person.IdNumber, StringComparer.Ordinal);
        TitlesByKey = file.Titles.ToFrozenDictionary(title => title.Key, StringComparer.Ordinal);
        TitlesByCertificate = file.Titles.ToFrozenDictionary(title => title.CertificateNumber, StringComparer.Ordinal);
        TitlesByUnit = file
            .Titles.SelectMany(title => UnitsOf(title).Select(unit => (unit, title)))
            .ToLookup(pair => pair.unit, pair => pair.title, StringComparer.Ordinal);
        TitlesByHolder = file
            .Titles.SelectMany(title => title.Holders.Select(holder => (holder.Code, title)))
            .ToLookup(pair => pair.Code, pair => pair.title, StringComparer.Ordinal);
        ElectricityAccounts = file
            .Accounts.Where(account => account.Utility == "electricity")
            .ToFrozenDictionary(account => account.AccountNumber, StringComparer.Ordinal);
        GridResources = file.GridResources.ToFrozenDictionary(grid => grid.UnitNumber, StringComparer.Ordinal);
    }

    public FrozenDictionary<string, Person> People { get; }

    public FrozenDictionary<string, Person> PeopleByKey { get; }

    public FrozenDictionary<string, Title> TitlesByKey { get; }

    public FrozenDictionary<string, Title> TitlesByCertificate { get; }

    /// <summary>Titles by present and by former unit number.</summary>
    public ILookup<string, Title> TitlesByUnit { get; }

    public ILookup<string, Title> TitlesByHolder { get; }

    public FrozenDictionary<string, Account> ElectricityAccounts { get; }

    public FrozenDictionary<string, GridCapacity> GridResources { get; }

    /// <summary>The company as the replicas know it now: a newborn one is missing for its first seconds.</summary>
    public Company? Company(string uscc) =>
        _companies.TryGetValue(uscc, out var company) && _lag.HasCaughtUpWith(company) ? company : null;

    private static IEnumerable<string> UnitsOf(Title title) =>
        title.FormerUnitNumber is { } former ? [title.UnitNumber, former] : [title.UnitNumber];
}
