using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Sandbox.Fixtures;

namespace Integration.Testing.World;

/// <summary>The people, companies and titles of the sandbox, by their keys, as a hall would send them.</summary>
public static class SyntheticWorld
{
    private static readonly FixtureFile s_file = FixtureFile.Read(path: null);

    /// <summary>Every name and number of the fixtures: none may appear in telemetry.</summary>
    public static IReadOnlySet<string> PersonalData { get; } =
        s_file
            .People.SelectMany(person => new[] { person.Name, person.IdNumber, person.FormerName })
            .Concat(
                s_file.Companies.SelectMany(company =>
                    new[] { company.Name, company.Uscc, company.LegalRepresentative }
                )
            )
            .Concat(
                s_file.Titles.SelectMany(title => new[] { title.CertificateNumber, title.UnitNumber, title.Location })
            )
            .Concat(s_file.Accounts.Select(account => account.AccountNumber))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>E.g. <c>p01</c>.</summary>
    public static PersonInput Person(string key)
    {
        var person = s_file.People.Single(person => person.Key == key);
        return new PersonInput { Name = person.Name, IdNumber = person.IdNumber };
    }

    /// <summary>E.g. <c>c01</c>.</summary>
    public static EnterpriseInput Company(string key)
    {
        var company = s_file.Companies.Single(company => company.Key == key);
        return new EnterpriseInput
        {
            Name = company.Name,
            Uscc = company.Uscc,
            LegalRepresentative = company.LegalRepresentative,
        };
    }

    /// <summary>The person who is a company's legal representative.</summary>
    public static PersonInput RepresentativeOf(string companyKey)
    {
        var company = s_file.Companies.Single(company => company.Key == companyKey);
        return Person(company.LegalRepresentativeKey!);
    }

    /// <summary>E.g. <c>t01</c>, held by its first holder.</summary>
    public static PropertyInput Title(string key)
    {
        var title = s_file.Titles.Single(title => title.Key == key);
        return new PropertyInput
        {
            CertificateNumber = title.CertificateNumber,
            UnitNumber = title.UnitNumber,
            HolderName = title.Holders[0].Name,
        };
    }

    /// <summary>The place of a title, used by its owner.</summary>
    public static PremisesInput Premises(string titleKey)
    {
        var title = s_file.Titles.Single(title => title.Key == titleKey);
        return new PremisesInput
        {
            CertificateNumber = title.CertificateNumber,
            UnitNumber = title.UnitNumber,
            Address = title.Location,
            Tenure = Tenure.Owner,
        };
    }

    /// <summary>The electricity account of a title.</summary>
    public static string Account(string titleKey) =>
        s_file
            .Accounts.First(account => account.Utility == "electricity" && account.TitleKey == titleKey)
            .AccountNumber;
}
