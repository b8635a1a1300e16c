using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Compliance;

/// <summary>What every source of property titles does, in every dialect.</summary>
public abstract class PropertyTitleSourceCompliance(string agency) : IAsyncLifetime
{
    private AdaptersOnSandbox _adapters = null!;
    private IPropertyTitleSource _source = null!;

    public async ValueTask InitializeAsync()
    {
        _adapters = await AdaptersOnSandbox.StartAsync();
        _source = _adapters.Titles(agency);
    }

    public ValueTask DisposeAsync() => _adapters.DisposeAsync();

    [Fact]
    public async Task A_title_is_found_by_its_certificate()
    {
        var facts = Found(await AskAsync(Known.TitleQuestion));
        Assert.Equal((Known.Title, Known.Unit), (facts.Certificate, facts.Unit));
        Assert.Equal([new TitleHolder(Known.Person, Known.PersonText)], facts.Holders);
        Assert.True(facts.IsCurrent);
    }

    [Fact]
    public async Task A_title_is_found_by_its_unit() =>
        Assert.Equal(
            Known.Title,
            Found(await AskAsync(Known.TitleQuestion with { Certificate = null, Unit = Known.Unit })).Certificate
        );

    [Fact]
    public async Task Any_spelling_of_the_certificate_finds_it()
    {
        var title = Known.Certificate("鄂 (2019) 公安县不动产权第0001039号");
        var question = new PropertyTitleQuestion(title, null, Known.Name("黄磊"), "421022197708080608");
        Assert.Equal(title, Found(await AskAsync(question)).Certificate);
    }

    [Fact]
    public async Task Co_owners_are_all_holders()
    {
        var question = Known.TitleQuestion with
        {
            Certificate = Known.Certificate("鄂（2020）公安县不动产权第0001031号"),
        };
        Assert.Equal(
            [new(Known.Person, Known.PersonText), new TitleHolder(Known.Name("李四"), "421022197102020184")],
            Found(await AskAsync(question)).Holders
        );
    }

    [Theory]
    [InlineData("鄂（2021）公安县不动产权第0001041号", "阿依努尔·买买提", "653101198808080229")]
    [InlineData("鄂（2022）公安县不动产权第0001042号", "𠮷田䶮", "421022199103050317")]
    [InlineData("鄂（2021）公安县不动产权第0001032号", "公安县示例商贸有限公司", "91421022MA49T0000B")]
    public async Task Holders_come_back_as_they_are_registered(string title, string name, string code)
    {
        var question = new PropertyTitleQuestion(Known.Certificate(title), null, Known.Name(name), code);
        Assert.Equal([new TitleHolder(Known.Name(name), code)], Found(await AskAsync(question)).Holders);
    }

    [Fact]
    public async Task A_title_that_does_not_exist_is_unknown()
    {
        var question = Known.TitleQuestion with
        {
            Certificate = Known.Certificate("鄂（2017）公安县不动产权第0009999号"),
        };
        Assert.IsType<AgencyAnswer<PropertyTitleFacts>.Unknown>(await AskAsync(question));
    }

    [Fact]
    public async Task The_trace_says_what_was_sent_and_received()
    {
        var trace = (await AskAsync(Known.TitleQuestion)).Trace;
        Assert.Equal((agency, 1), (trace.Agency, trace.Attempts));
        Assert.Matches("^[0-9a-f]{64}$", trace.RequestDigest);
        Assert.Matches("^[0-9a-f]{64}$", trace.AnswerDigest);
        Assert.True(trace.AskedAt <= trace.AnsweredAt);
    }

    [Fact]
    public async Task A_question_after_its_deadline_is_not_sent()
    {
        var request = _adapters.Request();
        var late = request with { Deadline = request.Deadline - TimeSpan.FromMinutes(5) };
        var answer = await _source.AskAsync(Known.TitleQuestion, late, TestContext.Current.CancellationToken);
        var failure = Assert.IsType<AgencyAnswer<PropertyTitleFacts>.Unanswered>(answer).Failure;
        Assert.Equal((FailureStage.TimeOut, FailureSide.Gateway), (failure.Stage, failure.Side));
        Assert.Empty(await _adapters.CallsAsync(agency));
    }

    [Fact]
    public async Task A_question_the_source_cannot_put_is_not_sent()
    {
        var answer = await AskAsync(new PropertyTitleQuestion(null, null, Known.Person, HolderCode: null));
        var failure = Assert.IsType<AgencyAnswer<PropertyTitleFacts>.Unanswered>(answer).Failure;
        Assert.Equal((FailureStage.Question, FailureSide.Gateway), (failure.Stage, failure.Side));
        Assert.Equal(0, answer.Trace.Attempts);
        Assert.Empty(await _adapters.CallsAsync(agency));
    }

    [Fact]
    public async Task Answers_never_show_whom_they_are_about()
    {
        var text = (await AskAsync(Known.TitleQuestion)).ToString();
        Assert.DoesNotContain("张三", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Known.PersonText, text, StringComparison.Ordinal);
        Assert.DoesNotContain("0001001", text, StringComparison.Ordinal);
    }

    private protected Task<AgencyAnswer<PropertyTitleFacts>> AskAsync(PropertyTitleQuestion question) =>
        _source.AskAsync(question, _adapters.Request(), TestContext.Current.CancellationToken);

    private protected static PropertyTitleFacts Found(AgencyAnswer<PropertyTitleFacts> answer) =>
        Assert.IsType<AgencyAnswer<PropertyTitleFacts>.Found>(answer).Facts;
}

/// <summary>The register itself: it knows what happened since the certificate was issued.</summary>
public class RealEstateRegistryCompliance() : PropertyTitleSourceCompliance("real-estate")
{
    [Theory]
    [InlineData("鄂（2024）公安县不动产权第0001035号", true, true, false)]
    [InlineData("鄂（2016）公安县不动产权第0001036号", true, false, true)]
    [InlineData("鄂（2017）公安县不动产权第0001037号", false, false, false)]
    public async Task Marks_and_status_are_the_registers(string title, bool current, bool mortgaged, bool seized)
    {
        var facts = Found(await AskAsync(Known.TitleQuestion with { Certificate = Known.Certificate(title) }));
        Assert.Equal((current, mortgaged, seized), (facts.IsCurrent, facts.IsMortgaged, facts.IsSeized));
    }

    [Fact]
    public async Task A_former_unit_number_leads_to_the_present_one()
    {
        var former = Known.UnitOf("421022001001GB00938F00010938");
        var facts = Found(await AskAsync(Known.TitleQuestion with { Certificate = null, Unit = former }));
        Assert.Equal(("421022001001GB00038F00010038", former), (facts.Unit?.Value, facts.FormerUnit));
    }

    [Fact]
    public async Task Evidence_names_the_registers_own_query_number() =>
        Assert.Matches("^[0-9]{8}421022[0-9]{6}$", (await AskAsync(Known.TitleQuestion)).Trace.RequestId);
}

/// <summary>The library of copies: it says nothing of marks and keeps the name under which a copy was issued.</summary>
public class LibraryTitlesCompliance() : PropertyTitleSourceCompliance("licence-library")
{
    [Fact]
    public async Task Nothing_is_said_of_mortgages_and_seizures()
    {
        var facts = Found(await AskAsync(Known.TitleQuestion));
        Assert.Null(facts.IsMortgaged);
        Assert.Null(facts.IsSeized);
    }

    [Fact]
    public async Task A_renamed_holder_keeps_the_name_on_the_copy()
    {
        var question = new PropertyTitleQuestion(
            Known.Certificate("鄂（2023）公安县不动产权第0001043号"),
            null,
            Known.Name("新名字"),
            "421022198209090443"
        );
        Assert.Equal("旧名字", Assert.Single(Found(await AskAsync(question)).Holders).Name.Value);
    }

    [Fact]
    public async Task A_title_of_somebody_else_is_unknown() =>
        Assert.IsType<AgencyAnswer<PropertyTitleFacts>.Unknown>(
            await AskAsync(Known.TitleQuestion with { HolderCode = "421022197304040327" })
        );
}
