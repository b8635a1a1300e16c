using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Sandbox.Fixtures;

/// <summary>The fixture file as it is written. No person in it exists.</summary>
internal sealed record FixtureFile
{
    public required IReadOnlyList<Person> People { get; init; }

    public required IReadOnlyList<Company> Companies { get; init; }

    public required IReadOnlyList<Title> Titles { get; init; }

    public required IReadOnlyList<Account> Accounts { get; init; }

    public required IReadOnlyList<GridCapacity> GridResources { get; init; }

    /// <summary>Reads a fixture file; a missing one falls back to the copy beside the program.</summary>
    public static FixtureFile Read(string? path)
    {
        var file = path ?? Path.Combine(AppContext.BaseDirectory, "fixtures.json");
        return JsonSerializer.Deserialize(File.ReadAllBytes(file), FixtureJson.Default.FixtureFile)
            ?? throw new JsonException($"The fixture file {Path.GetFileName(file)} holds null.");
    }
}

internal sealed record Person
{
    public required string Key { get; init; }

    public required string Name { get; init; }

    public required string IdNumber { get; init; }

    public bool Alive { get; init; } = true;

    public string? FormerName { get; init; }
}

internal sealed record Company
{
    public required string Key { get; init; }

    public required string Name { get; init; }

    public required string Uscc { get; init; }

    public required string LegalRepresentative { get; init; }

    public string? FormerLegalRepresentative { get; init; }

    /// <summary>The person who is the legal representative.</summary>
    public string? LegalRepresentativeKey { get; init; }

    public required string Status { get; init; }

    public required string EnterpriseSize { get; init; }

    public required DateOnly EstablishedOn { get; init; }

    public bool StateOwned { get; init; }

    public string? ParentKey { get; init; }

    /// <summary>Seconds after the start or a reset until the replicas know the company; 0 = at once.</summary>
    public int VisibleAfterSeconds { get; init; }
}

internal sealed record Title
{
    public required string Key { get; init; }

    public required string CertificateNumber { get; init; }

    public required string UnitNumber { get; init; }

    public string? FormerUnitNumber { get; init; }

    public required string Location { get; init; }

    public required string Use { get; init; }

    public required decimal AreaSquareMetres { get; init; }

    public required IReadOnlyList<Holder> Holders { get; init; }

    public required string Status { get; init; }

    public bool Mortgaged { get; init; }

    public bool Seized { get; init; }
}

internal sealed record Holder(string Name, string Code, string Share);

internal sealed record Account
{
    public required string AccountNumber { get; init; }

    public required string Utility { get; init; }

    public required string HolderKey { get; init; }

    public required string TitleKey { get; init; }

    /// <summary>Yuan.</summary>
    public decimal Arrears { get; init; }
}

internal sealed record GridCapacity(string UnitNumber, decimal NearestLowVoltageMetres, decimal SpareCapacityKw);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FixtureFile))]
internal sealed partial class FixtureJson : JsonSerializerContext;
