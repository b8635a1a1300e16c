using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;

namespace Integration.Adapters.Tests.ProvincialNetwork;

public sealed class BusinessLicenceAgencyTests : NetworkTests
{
    [Fact]
    public async Task A_registered_company_is_found_with_its_facts()
    {
        var facts = FactsOf(await QueryAsync());

        Assert.Equal("公安县示例商贸有限公司", facts.Name?.Value);
        Assert.Equal("张三", facts.LegalRepresentative?.Value);
        Assert.Equal(
            (true, new DateOnly(2018, 1, 15), EnterpriseSize.SmallOrMicro, false),
            (
                facts.Status.StartsWith("存续", StringComparison.Ordinal),
                facts.EstablishedOn,
                facts.Size,
                facts.IsStateOwned
            )
        );
    }

    [Fact]
    public async Task Keys_in_capitals_and_the_other_date_spelling_are_read_the_same()
    {
        var facts = FactsOf(await QueryAsync("91421022MA49T00198"));

        Assert.Equal(("李四", new DateOnly(2019, 2, 15)), (facts.LegalRepresentative?.Value, facts.EstablishedOn));
    }

    [Theory]
    [InlineData("91421022MA49R0018D", "吊销")]
    [InlineData("91421022MA49R00268", "注销")]
    public async Task The_standing_is_read(string code, string status) =>
        Assert.Contains(status, FactsOf(await QueryAsync(code)).Status, StringComparison.Ordinal);

    [Fact]
    public async Task A_large_state_owned_company_says_so()
    {
        var facts = FactsOf(await QueryAsync("91421022MA49L0015D"));

        Assert.Equal((EnterpriseSize.Large, true), (facts.Size, facts.IsStateOwned));
    }

    [Fact]
    public async Task A_self_employed_person_is_one() =>
        Assert.Equal(EnterpriseSize.SelfEmployed, FactsOf(await QueryAsync("92421022L49G00017Y")).Size);

    [Fact]
    public async Task A_newborn_company_is_unknown_until_the_replica_has_caught_up()
    {
        Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Unknown>(await QueryAsync("91421022MA49N00160"));

        Sandbox.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.StartsWith("存续", FactsOf(await QueryAsync("91421022MA49N00160")).Status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_authorisation_code_is_a_refusal()
    {
        Adapters.SetSecret("business-licence:AuthorisationCode", "wrong");

        var refused = Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Refused>(await QueryAsync());
        Assert.Equal(FailureSide.Gateway, refused.Failure.Side);
    }

    [Fact]
    public async Task A_comparison_that_agrees_says_so() =>
        Assert.Equal(
            new BusinessLicenceComparison("存续", true, true),
            FactsOf(await CompareAsync("91421022MA49T0000B", "公安县示例商贸有限公司", "张三"))
        );

    [Fact]
    public async Task A_comparison_names_what_differs()
    {
        Assert.Equal(
            new BusinessLicenceComparison("存续", true, false),
            FactsOf(await CompareAsync("91421022MA49T0000B", "公安县示例商贸有限公司", "李四"))
        );
        Assert.False(FactsOf(await CompareAsync("91421022MA49T0000B", "别的公司", "张三")).NameMatches);
    }

    [Fact]
    public async Task A_comparison_with_an_unknown_code_is_unknown() =>
        Assert.IsType<AgencyAnswer<BusinessLicenceComparison>.Unknown>(
            await CompareAsync("91350100M000100Y43", "别的公司", "张三")
        );

    private Task<AgencyAnswer<BusinessLicenceComparison>> CompareAsync(
        string code,
        string name,
        string representative
    ) =>
        Adapters.Comparisons.AskAsync(
            new(CreditCode.Parse(code).Value, PartyName.Parse(name).Value, PartyName.Parse(representative).Value),
            Adapters.Request(),
            CancellationToken.None
        );
}
