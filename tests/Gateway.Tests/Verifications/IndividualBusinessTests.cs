using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Comparing;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.Tests.Verifications;

/// <summary>An individual business (个体工商户, code 92…) may be without a name: its code and its operator say who it is.</summary>
public class IndividualBusinessTests
{
    private const string Individual = "92421022MA49T0001B";
    private const string Company = "91421022MA49T0000B";

    private static readonly StatusWords s_words = new()
    {
        Active = ["存续"],
        Other = [],
        Revoked = [],
        Cancelled = [],
        LegalReference = "test",
    };

    [Theory]
    [InlineData(Individual, null, "张三", "")]
    [InlineData(Individual, " ", "张三", "")]
    [InlineData(Individual, "公安县示例小吃店", null, "")]
    [InlineData(Individual, null, null, "/enterprise/legalRepresentative missing")]
    [InlineData(Company, null, "张三", "/enterprise/name missing")]
    public void Its_name_may_be_left_out_when_its_operator_is_named(
        string uscc,
        string? name,
        string? representative,
        string fault
    )
    {
        var faults = new FaultList();
        var input = new EnterpriseInput
        {
            Uscc = uscc,
            Name = name,
            LegalRepresentative = representative,
        };

        var enterprise = Enterprise.Read(input, "/enterprise", faults);

        Assert.Equal(fault, string.Join(',', faults.ToList().Select(each => $"{each.Pointer} {each.Code}")));
        Assert.Equal(fault.Length == 0, enterprise is not null);
    }

    [Theory]
    [InlineData(null, null, "张三", "Match", "name")]
    [InlineData("公安县示例小吃店", null, "张三", "Match", "name")]
    [InlineData("公安县示例小吃店", "***", "张三", "Match", "name")]
    [InlineData(null, "公安县示例小吃店", "张三", "Match", "name")]
    [InlineData("公安县示例小吃店", null, null, "Match", "name")]
    [InlineData(null, null, "李四", "Mismatch", "name")]
    [InlineData("别的店", "公安县示例小吃店", "张三", "Mismatch", "")]
    public void Without_a_name_its_operator_decides(
        string? claimed,
        string? registered,
        string? named,
        string outcome,
        string notComparable
    )
    {
        var claim = new LicenceClaim(
            CreditCode.Parse(Individual).Value,
            Name(claimed),
            named is null ? [] : [PartyName.Parse(named).Value]
        );
        var facts = new BusinessLicenceFacts(
            Name(registered),
            Name("张三"),
            "存续",
            null,
            EnterpriseSize.SelfEmployed,
            false
        );

        var finding = Comparison.Compare(claim, facts, s_words);

        Assert.Equal((outcome, notComparable), ($"{finding.Outcome}", string.Join(',', finding.NotComparable)));
    }

    private static PartyName? Name(string? text) => text is null ? null : PartyName.Parse(text).Value;
}
