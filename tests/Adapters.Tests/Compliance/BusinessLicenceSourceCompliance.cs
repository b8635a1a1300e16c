using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Compliance;

/// <summary>What every source of business licences does, in every dialect.</summary>
public abstract class BusinessLicenceSourceCompliance(string agency) : IAsyncLifetime
{
    private AdaptersOnSandbox _adapters = null!;

    public async ValueTask InitializeAsync() => _adapters = await AdaptersOnSandbox.StartAsync();

    public ValueTask DisposeAsync() => _adapters.DisposeAsync();

    [Fact]
    public async Task An_enterprise_is_found_by_its_code()
    {
        var facts = Found(await AskAsync(Known.CompanyText));
        Assert.Equal("公安县示例商贸有限公司", facts.Name?.Value);
        Assert.Equal(Known.Person, facts.LegalRepresentative);
        Assert.StartsWith("存续", facts.Status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("91421022MA49R0018D", "吊销")]
    [InlineData("91421022MA49R00268", "注销")]
    public async Task A_lost_licence_is_not_active(string code, string status) =>
        Assert.Contains(status, Found(await AskAsync(code)).Status, StringComparison.Ordinal);

    [Fact]
    public async Task A_branch_is_not_its_parent() =>
        Assert.Equal("公安县示例商贸有限公司斗湖堤分公司", Found(await AskAsync("91421022MA49B00108")).Name?.Value);

    [Fact]
    public async Task An_enterprise_that_does_not_exist_is_unknown() =>
        Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Unknown>(await AskAsync("91350100M000100Y43"));

    [Fact]
    public async Task The_trace_says_what_was_sent_and_received()
    {
        var trace = (await AskAsync(Known.CompanyText)).Trace;
        Assert.Equal((agency, 1), (trace.Agency, trace.Attempts));
        Assert.Matches("^[0-9a-f]{64}$", trace.RequestDigest);
        Assert.Matches("^[0-9a-f]{64}$", trace.AnswerDigest);
    }

    [Fact]
    public async Task Answers_never_show_whom_they_are_about()
    {
        var text = (await AskAsync(Known.CompanyText)).ToString();
        Assert.DoesNotContain("张三", text, StringComparison.Ordinal);
        Assert.DoesNotContain("示例商贸", text, StringComparison.Ordinal);
    }

    private protected Task<AgencyAnswer<BusinessLicenceFacts>> AskAsync(string code) =>
        _adapters
            .BusinessLicences(agency)
            .AskAsync(
                new BusinessLicenceQuestion(Known.Enterprise(code), Known.Name("公安县示例商贸有限公司")),
                _adapters.Request(),
                TestContext.Current.CancellationToken
            );

    private protected static BusinessLicenceFacts Found(AgencyAnswer<BusinessLicenceFacts> answer) =>
        Assert.IsType<AgencyAnswer<BusinessLicenceFacts>.Found>(answer).Facts;
}

public class EnterpriseRegisterCompliance() : BusinessLicenceSourceCompliance("business-licence")
{
    [Fact]
    public async Task The_register_knows_the_present_legal_representative() =>
        Assert.Equal("黄磊", Found(await AskAsync("91421022MA49C0016J")).LegalRepresentative?.Value);
}

public class LibraryBusinessLicencesCompliance() : BusinessLicenceSourceCompliance("licence-library")
{
    [Fact]
    public async Task A_copy_keeps_the_legal_representative_it_was_issued_for() =>
        Assert.Equal("周婷", Found(await AskAsync("91421022MA49C0016J")).LegalRepresentative?.Value);
}
