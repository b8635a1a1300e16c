using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Intake;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Tests.Policy;
using Integration.Testing.World;

namespace Integration.Gateway.Tests.Applications;

/// <summary>Which changes matter to an application that is open.</summary>
public class ApplicationDifferenceTests
{
    private static readonly PolicyEdition s_policy = PolicyBook
        .Open(PolicyFile.In(directory: null), Agencies.All)
        .InForce(Moments.Now);

    private static readonly ApplicationRequest s_before = EnterpriseRequest.Application(
        MunicipalEvents.Opened(),
        "CASE-1",
        s_policy
    );

    public static TheoryData<string, string> Rows { get; } =
        new()
        {
            { "nothing", "" },
            { "full-width parentheses", "" },
            { "blanks in the name", "" },
            { "address of a known unit", "" },
            { "consent", "" },
            { "name", "name" },
            { "representative", "legalRepresentative" },
            { "agent", "agent" },
            { "unit", "premises" },
            { "lease", "premises" },
            { "capacity", "capacity" },
            { "much capacity", "service,capacity" },
            { "use", "use" },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Only_what_matters_counts(string what, string parts) =>
        Assert.Equal(parts, string.Join(',', ApplicationDifference.Between(Read(s_before), Read(Changed(what)))));

    [Fact]
    public void Where_no_number_names_the_place_its_address_does()
    {
        var place = s_before.Premises! with { CertificateNumber = null, UnitNumber = null };
        var before = s_before with { Premises = place };
        var moved = s_before with { Premises = place with { Address = "公安县斗湖堤镇别处1号" } };
        var same = s_before with { Premises = place with { Address = $" {place.Address} " } };

        Assert.Equal(["premises"], ApplicationDifference.Between(Read(before), Read(moved)));
        Assert.Empty(ApplicationDifference.Between(Read(before), Read(same)));
    }

    private static ApplicationRequest Changed(string what)
    {
        var enterprise = s_before.Applicant!.Enterprise!;
        var place = s_before.Premises!;
        return what switch
        {
            "nothing" => s_before with { },
            "full-width parentheses" => s_before with
            {
                Premises = place with
                {
                    CertificateNumber = place.CertificateNumber!.Replace('（', '(').Replace('）', ')'),
                },
            },
            "blanks in the name" => By(enterprise with { Name = $" {enterprise.Name} " }),
            "address of a known unit" => s_before with { Premises = place with { Address = "别处" } },
            "consent" => s_before with { Basis = s_before.Basis! with { Reference = "CONSENT-2" } },
            "name" => By(enterprise with { Name = "公安县改名有限公司" }),
            "representative" => By(enterprise with { LegalRepresentative = "李四" }),
            "agent" => s_before with
            {
                Agent = new() { Name = "李四", IdNumber = "421022197102020184" },
            },
            "unit" => s_before with { Premises = SyntheticWorld.Premises("t-company2") },
            "lease" => s_before with
            {
                Premises = place with
                {
                    Tenure = Tenure.Lease,
                    Lease = new() { LandlordName = "张三" },
                },
            },
            "capacity" => s_before with { CapacityKw = 81 },
            "much capacity" => s_before with { CapacityKw = 400, ServiceType = "high-voltage-new" },
            _ => s_before with { Use = "shop" },
        };
    }

    private static ApplicationRequest By(Contracts.V1.Verifications.EnterpriseInput enterprise) =>
        s_before with
        {
            Applicant = new() { Enterprise = enterprise },
        };

    private static AskedFor Read(ApplicationRequest request) =>
        new(request, new ApplicationFormReader(request, s_policy, Moments.Now, new FaultList()).Read(wait: null)!);
}
