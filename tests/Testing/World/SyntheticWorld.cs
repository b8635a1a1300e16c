using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Sandbox.Fixtures;
using Integration.Try.Scenario;

namespace Integration.Testing.World;

/// <summary>The people, companies and titles of the sandbox, by their keys, as a hall would send them.</summary>
public static class SyntheticWorld
{
    private static readonly FixtureInputs s_inputs = new(FixtureFile.Read(path: null));

    /// <summary>Every name and number of the fixtures: none may appear in telemetry.</summary>
    public static IReadOnlySet<string> PersonalData { get; } =
        s_inputs
            .Fixtures.People.SelectMany(person => new[] { person.Name, person.IdNumber, person.FormerName })
            .Concat(
                s_inputs.Fixtures.Companies.SelectMany(company =>
                    new[] { company.Name, company.Uscc, company.LegalRepresentative }
                )
            )
            .Concat(
                s_inputs.Fixtures.Titles.SelectMany(title =>
                    new[] { title.CertificateNumber, title.UnitNumber, title.Location }
                )
            )
            .Concat(s_inputs.Fixtures.Accounts.Select(account => account.AccountNumber))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>E.g. <c>p01</c>.</summary>
    public static PersonInput Person(string key) => s_inputs.Person(key);

    /// <summary>E.g. <c>c01</c>.</summary>
    public static EnterpriseInput Company(string key) => s_inputs.Company(key);

    /// <summary>The person who is a company's legal representative.</summary>
    public static PersonInput RepresentativeOf(string companyKey) => s_inputs.RepresentativeOf(companyKey);

    /// <summary>E.g. <c>t01</c>, held by its first holder.</summary>
    public static PropertyInput Title(string key)
    {
        var title = s_inputs.TitleOf(key);
        return new PropertyInput
        {
            CertificateNumber = title.CertificateNumber,
            UnitNumber = title.UnitNumber,
            HolderName = title.Holders[0].Name,
        };
    }

    /// <summary>The place of a title, used by its owner.</summary>
    public static PremisesInput Premises(string titleKey) => s_inputs.Premises(titleKey);

    /// <summary>The place of a title, rented from its first holder.</summary>
    public static PremisesInput Leased(string titleKey) => s_inputs.Leased(titleKey);

    /// <summary>The electricity account of a title.</summary>
    public static string Account(string titleKey) =>
        s_inputs
            .Fixtures.Accounts.First(account => account.Utility == "electricity" && account.TitleKey == titleKey)
            .AccountNumber;
}
