using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Sandbox.Fixtures;

namespace Integration.Try.Scenario;

/// <summary>The people, companies and titles of the fixtures, by their keys, as a hall would send them.</summary>
internal sealed class FixtureInputs(FixtureFile fixtures)
{
    public FixtureFile Fixtures => fixtures;

    public PersonInput Person(string key)
    {
        var person = fixtures.People.Single(person => person.Key == key);
        return new PersonInput { Name = person.Name, IdNumber = person.IdNumber };
    }

    public EnterpriseInput Company(string key)
    {
        var company = CompanyOf(key);
        return new EnterpriseInput
        {
            Name = company.Name,
            Uscc = company.Uscc,
            LegalRepresentative = company.LegalRepresentative,
        };
    }

    /// <summary>The person who is the company's legal representative.</summary>
    public PersonInput RepresentativeOf(string companyKey) =>
        CompanyOf(companyKey).LegalRepresentativeKey is { } person
            ? Person(person)
            : throw new InvalidOperationException($"The fixtures do not say who represents {companyKey}.");

    /// <summary>The place of a title, used by its owner.</summary>
    public PremisesInput Premises(string titleKey)
    {
        var title = TitleOf(titleKey);
        return new PremisesInput
        {
            CertificateNumber = title.CertificateNumber,
            UnitNumber = title.UnitNumber,
            Address = title.Location,
            Tenure = Tenure.Owner,
        };
    }

    /// <summary>The place of a title, rented from its first holder.</summary>
    public PremisesInput Leased(string titleKey) =>
        Premises(titleKey) with
        {
            Tenure = Tenure.Lease,
            Lease = new LeaseInput
            {
                LandlordName = TitleOf(titleKey).Holders[0].Name,
                LandlordCode = TitleOf(titleKey).Holders[0].Code,
                Reference = "LEASE-1",
            },
        };

    public Title TitleOf(string key) => fixtures.Titles.Single(title => title.Key == key);

    private Company CompanyOf(string key) => fixtures.Companies.Single(company => company.Key == key);
}
