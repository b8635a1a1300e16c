using Integration.Contracts.V1.Applications;
using Integration.Testing.World;

namespace Integration.FlowTests.Applications;

/// <summary>Every trap of the fixtures and of the service table as one row: who applies for what, and what is decided.</summary>
internal static class ApplicationCases
{
    private static readonly ConsentInput s_consent = new()
    {
        Reference = "CONSENT-2",
        GrantedAt = HallRequests.Consent.GrantedAt,
    };

    public static IReadOnlyDictionary<string, ApplicationCase> All { get; } =
        new Dictionary<string, ApplicationCase>(StringComparer.Ordinal)
        {
            // A resident's new connection.
            ["a resident at home"] = Resident().Is("all-proofs-shared"),
            ["a co-owner"] = Resident("p02", "t-co").Is("all-proofs-shared"),
            ["an owner with a mortgage"] = Resident("p04", "t-mortgaged").Is("all-proofs-shared"),
            ["a name with a dot"] = Resident("p-dot", "t-dot").Is("all-proofs-shared"),
            ["a name with rare characters"] = Resident("p-rare", "t-rare").Is("all-proofs-shared"),
            ["half-width parentheses"] = Resident("p08", "t-halfwidth")
                .At(place => place with { CertificateNumber = "鄂(2019) 公安县不动产权第0001039号" })
                .Is("all-proofs-shared"),
            ["somebody else's home"] = Resident("p03", "t01").Is("mismatch"),
            ["somebody else's name"] = Resident()
                .By(new() { Name = "李四", IdNumber = "421022197001010112" })
                .Is("mismatch"),
            ["a deceased applicant"] = Resident("p-dead", "t-dead").Is("deceased"),
            ["a seized title"] = Resident("p05", "t-seized").Is("title-seized"),
            ["a cancelled title"] = Resident("p06", "t-cancelled").Is("one-paper-missing", "propertyTitle"),
            ["the unit number before a split"] = Resident("p07", "t-split")
                .At(place => place with { UnitNumber = "421022001001GB00938F00010938" })
                .Is("one-paper-missing", "propertyTitle"),
            ["a person the registry does not know"] = Resident()
                .By(new() { Name = "张三", IdNumber = "11010519491231002X" })
                .At(place => place with { CertificateNumber = null, UnitNumber = null })
                .Is("papers-missing", "applicantIdentity", "propertyTitle"),
            ["a pre-sale home"] = Resident()
                .At(place => place with { CertificateNumber = null, UnitNumber = null })
                .Is("one-paper-missing", "propertyTitle"),
            ["an unregistered rural house"] = Resident()
                .At(place => place with { Tenure = Tenure.Other, CertificateNumber = null, UnitNumber = null })
                .Is("one-paper-missing", "propertyTitle"),
            ["a tenant"] = Resident("p03", "t01").Leased("张三", "421022197001010112").Is("one-paper-missing", "lease"),
            ["a tenant whose landlord's number is not known"] = Resident("p03", "t01")
                .Leased("张三", code: null)
                .Is("one-paper-missing", "lease"),
            ["a tenant of somebody who does not own it"] = Resident("p03", "t01")
                .Leased("李四", "421022197102020184")
                .Is("mismatch", "lease"),
            ["a tenant of a deceased owner"] = Resident("p03", "t-dead")
                .Leased("已故者", "421022194001010098")
                .Is("deceased", "lease"),
            ["an agent with an authorisation"] = Resident().Through("p02", "AUTH-1").Is("all-proofs-shared"),
            ["an agent without an authorisation"] = Resident()
                .Through("p02", authorisation: null)
                .Is("one-paper-missing", "agentAuthorisation"),
            ["an agent who is somebody else"] = (
                Resident() with
                {
                    Agent = new()
                    {
                        Name = "王芳",
                        IdNumber = "421022197102020184",
                        AuthorisationReference = "AUTH-1",
                    },
                }
            ).Is("mismatch"),
            ["a child without a guardian's consent"] = Resident("p-minor")
                .At(place => place with { CertificateNumber = null, UnitNumber = null })
                .Is("papers-missing", "propertyTitle", "guardianConsent"),
            ["a child with a guardian's consent"] = (
                Resident("p-minor") with
                {
                    Applicant = new() { Person = SyntheticWorld.Person("p-minor"), GuardianConsent = s_consent },
                }
            ).At(place => place with { CertificateNumber = null, UnitNumber = null }).Is("one-paper-missing", "propertyTitle"),
            // A company's new connection.
            ["a small company"] = Company().Is("all-proofs-shared"),
            ["a company without its representative as a person"] = (
                Company() with
                {
                    Applicant = new() { Enterprise = SyntheticWorld.Company("c01") },
                }
            ).Is("all-proofs-shared"),
            ["a company with a revoked licence"] = Company("c-revoked").Is("licence-not-active"),
            ["a company with a cancelled licence"] = Company("c-cancelled").Is("licence-not-active"),
            ["a company whose representative was replaced yesterday"] = (
                Company("c-newrep") with
                {
                    Applicant = new()
                    {
                        Enterprise = SyntheticWorld.Company("c-newrep") with { LegalRepresentative = "周婷" },
                        Person = SyntheticWorld.Person("p09"),
                    },
                }
            ).Is("mismatch"),
            ["a person who is not the legal representative"] = (
                Company() with
                {
                    Applicant = new()
                    {
                        Enterprise = SyntheticWorld.Company("c01"),
                        Person = SyntheticWorld.Person("p02"),
                    },
                }
            ).Is("mismatch"),
            ["a branch on its parent's premises"] = Company("c-branch").Is("mismatch"),
            ["a company on collective land"] = Company("c07", "t-land").Is("all-proofs-shared"),
            ["a company that rents"] = Company("c02")
                .Leased("公安县示例商贸有限公司", "91421022MA49T0000B")
                .Is("one-paper-missing", "lease"),
            // High voltage.
            ["high voltage with an approved project"] = Service("high-voltage-new", Company("c-large", "t-large"))
                .With(800)
                .Is("one-paper-missing", "loadList"),
            ["high voltage without a project"] = Service("high-voltage-new", Company("c03", "t-company"))
                .With(800)
                .Leased("公安县示例商贸有限公司", "91421022MA49T0000B")
                .Is("papers-missing", "lease", "projectApproval", "loadList"),
            // Changes of an account.
            ["more capacity"] = Account("capacity-increase", "electricity.capacity-increase", "p01", "t01")
                .With(20)
                .Is("all-proofs-shared"),
            ["more capacity on somebody else's account"] = Account(
                    "capacity-increase",
                    "electricity.capacity-increase",
                    "p02",
                    "t01"
                )
                .With(20)
                .Is("mismatch"),
            ["a transfer after a sale"] = Account("transfer", "electricity.transfer", "p12", "t-transferred")
                .Is("all-proofs-shared"),
            ["a transfer to the old owner"] = Account("transfer", "electricity.transfer", "p13", "t-transferred")
                .Is("mismatch"),
            ["a transfer with arrears"] = Account("transfer", "electricity.transfer", "p04", "t04").Is("arrears"),
            ["a transfer of another home's account"] = (
                Account("transfer", "electricity.transfer", "p12", "t-transferred") with
                {
                    Account = SyntheticWorld.Account("t01"),
                }
            ).Is("mismatch"),
            ["a transfer of a seized title"] = (
                Account("transfer", "electricity.transfer", "p05", "t05") with
                {
                    Premises = SyntheticWorld.Premises("t-seized"),
                }
            ).Is("seizure-forbids-transfer"),
            ["closing an account"] = Account("close-account", "electricity.close-account", "p01", "t01")
                .Is("all-proofs-shared"),
            ["closing an account with arrears"] = Account("close-account", "electricity.close-account", "p04", "t04")
                .Is("arrears"),
            ["an account nobody has"] = (
                Account("close-account", "electricity.close-account", "p01", "t01") with
                {
                    Account = "4210229999999",
                }
            ).Is("one-paper-missing", "accountHolder"),
            ["a rename of an account under the former name"] = Rename("旧名字").Is("all-proofs-shared"),
            ["a rename from a name that was never registered"] = Rename("另一名字").Is("mismatch"),
            ["a rename of another person's account"] = (
                Rename("旧名字") with
                {
                    Account = SyntheticWorld.Account("t01"),
                }
            ).Is("mismatch"),
            ["a rename nobody registered"] = (
                Account("rename", "electricity.rename", "p01", "t01") with
                {
                    FormerName = "张三三",
                }
            ).Is("mismatch"),
            // One household with many members.
            ["a household"] = Household(Member("p02", s_consent)).Is("all-proofs-shared"),
            ["a member who did not consent"] = Household(Member("p02", consent: null))
                .Is("one-paper-missing", "memberConsent.1"),
            ["a child with a guardian's word"] = Household(Member("p02", s_consent), Member("p-minor", s_consent))
                .Is("all-proofs-shared"),
            ["a child without a guardian's word"] = Household(
                    Member("p02", s_consent),
                    Member("p-minor", consent: null)
                )
                .Is("one-paper-missing", "memberGuardianConsent.2"),
            ["a member under another name"] = Household(Member("p02", s_consent) with { Name = "王五" }).Is("mismatch"),
        };

    private static ApplicationRequest Resident(string person = "p01", string title = "t01") =>
        HallRequests.Residential(person, title);

    private static ApplicationRequest Company(string company = "c01", string title = "t-company") =>
        HallRequests.Commercial(company, title);

    private static ApplicationRequest Service(string serviceType, ApplicationRequest request) =>
        request with
        {
            ServiceType = serviceType,
        };

    private static ApplicationRequest Account(string serviceType, string purpose, string person, string title) =>
        HallRequests.Residential(person, title) with
        {
            ServiceType = serviceType,
            Purpose = purpose,
            Account = SyntheticWorld.Account(title),
            CapacityKw = null,
        };

    private static ApplicationRequest Rename(string formerName) =>
        Account("rename", "electricity.rename", "p-renamed", "t-renamed") with
        {
            FormerName = formerName,
        };

    private static ApplicationRequest Household(params HouseholdMemberInput[] members) =>
        HallRequests.Residential() with
        {
            ServiceType = "multi-resident-household",
            Purpose = "electricity.multi-resident",
            Members = members,
            CapacityKw = null,
        };

    private static HouseholdMemberInput Member(string person, ConsentInput? consent)
    {
        var known = SyntheticWorld.Person(person);
        return new HouseholdMemberInput
        {
            Name = known.Name,
            IdNumber = known.IdNumber,
            Consent = consent,
        };
    }

    private static ApplicationRequest With(this ApplicationRequest request, decimal capacityKw) =>
        request with
        {
            CapacityKw = capacityKw,
        };

    private static ApplicationRequest By(
        this ApplicationRequest request,
        Contracts.V1.Verifications.PersonInput person
    ) => request with { Applicant = new() { Person = person } };

    private static ApplicationRequest At(this ApplicationRequest request, Func<PremisesInput, PremisesInput> change) =>
        request with
        {
            Premises = change(request.Premises!),
        };

    private static ApplicationRequest Leased(this ApplicationRequest request, string landlord, string? code) =>
        request.At(place =>
            place with
            {
                Tenure = Tenure.Lease,
                Lease = new() { LandlordName = landlord, LandlordCode = code },
            }
        );

    private static ApplicationRequest Through(this ApplicationRequest request, string agent, string? authorisation)
    {
        var person = SyntheticWorld.Person(agent);
        return request with
        {
            Agent = new()
            {
                Name = person.Name,
                IdNumber = person.IdNumber,
                AuthorisationReference = authorisation,
            },
        };
    }

    private static ApplicationCase Is(
        this ApplicationRequest request,
        string rule,
        params IReadOnlyList<string> missing
    ) => new(request, rule, missing);
}

/// <summary>A request, the rule that has to decide it and the papers that have to be missing.</summary>
internal sealed record ApplicationCase(ApplicationRequest Request, string Rule, IReadOnlyList<string> Missing);
