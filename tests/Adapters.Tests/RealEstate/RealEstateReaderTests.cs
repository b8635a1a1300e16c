using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Adapters.RealEstate;

namespace Integration.Adapters.Tests.RealEstate;

public class RealEstateReaderTests
{
    private const string Number = "20261123421022000001";

    private const string Row = """
        {"QLRMC":"张三","ZJZL":"1","ZJH":"421022197001010112","BDCQZH":"鄂(2017)公安县不动产权第0001001号",
         "BDCDYH":"421022001001GB00001F00010001","YBDCDYH":"","GYFS":"单独所有","QSZT":"现势","ZL":"x","JZMJ":83.5,
         "DYAQ":[],"CFDJ":[],"YGDJ":[],"YYXX":[]}
        """;

    [Fact]
    public void One_row_is_one_title_in_normal_form()
    {
        var facts = Found(Answer(Row));
        Assert.Equal(Known.Title, facts.Certificate);
        Assert.Equal(Known.Unit, facts.Unit);
        Assert.Null(facts.FormerUnit);
        Assert.Equal([new TitleHolder(Known.Person, Known.PersonText)], facts.Holders);
        Assert.True(facts.IsCurrent);
        Assert.False(facts.IsSeized);
        Assert.False(facts.IsMortgaged);
    }

    [Fact]
    public void Rows_of_co_owners_are_one_title_with_all_holders()
    {
        var second = With("QLRMC", "李四").Replace(Known.PersonText, "421022197102020184", StringComparison.Ordinal);
        Assert.Equal(["张三", "李四"], Found(Answer(Row, second)).Holders.Select(holder => holder.Name.Value));
    }

    [Fact]
    public void The_same_holder_sent_twice_is_one_holder() => Assert.Single(Found(Answer(Row, Row)).Holders);

    [Fact]
    public void An_old_identity_number_of_a_holder_is_the_same_persons() =>
        Assert.True(
            WirePartyCode.MayBe(Known.PersonText, Found(Answer(With("ZJH", "421022700101011"))).Holders[0].Code)
        );

    [Theory]
    [InlineData("/")]
    [InlineData("无")]
    [InlineData("421022001001GB00001F00010009;421022001001GB00001F00010008")]
    [InlineData("421022001001GB00001F00010009、421022001001GB00001F00010008")]
    public void A_former_unit_may_be_none_or_several(string text) =>
        Assert.Equal(Known.Title, Found(Answer(With("YBDCDYH", text))).Certificate);

    [Fact]
    public void Holders_joined_in_one_field_are_several()
    {
        var holders = Found(Answer(With("QLRMC", "张三、李四"))).Holders;
        Assert.Contains(holders, holder => holder.Name == Known.Name("张三"));
        Assert.Contains(holders, holder => holder.Name == Known.Name("李四"));
    }

    [Theory]
    [InlineData("现势", true)]
    [InlineData("历史", false)]
    [InlineData("注销", false)]
    public void The_status_says_whether_the_title_is_in_force(string status, bool isCurrent) =>
        Assert.Equal(isCurrent, Found(Answer(With("QSZT", status))).IsCurrent);

    [Fact]
    public void Registrations_in_the_lists_are_marks()
    {
        var facts = Found(
            Answer(
                Row.Replace("\"DYAQ\":[]", "\"DYAQ\":[{\"JSSJ\":\"1899-12-30 00:00:00\"}]", StringComparison.Ordinal)
            )
        );
        Assert.True(facts.IsMortgaged);
        Assert.False(facts.IsSeized);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"null\"")]
    [InlineData("\"\"")]
    public void Where_no_list_is_sent_the_register_says_nothing(string list) =>
        Assert.Null(Found(Answer(Row.Replace("\"CFDJ\":[]", $"\"CFDJ\":{list}", StringComparison.Ordinal))).IsSeized);

    [Theory]
    [InlineData("ZJH")]
    [InlineData("YBDCDYH")]
    [InlineData("BDCDYH")]
    public void The_text_null_is_nothing(string field)
    {
        var facts = Found(Answer(With(field, "null")));
        Assert.Null(
            field switch
            {
                "ZJH" => facts.Holders[0].Code,
                "BDCDYH" => facts.Unit?.Value,
                _ => facts.FormerUnit?.Value,
            }
        );
    }

    [Fact]
    public void A_former_unit_finds_the_title_under_its_present_one()
    {
        var former = Known.UnitOf("421022001001GB00938F00010938");
        var question = Known.TitleQuestion with { Certificate = null, Unit = former };
        var facts = Found(Read(Answer(With("YBDCDYH", former.Value)), question));
        Assert.Equal((Known.Unit, former), (facts.Unit, facts.FormerUnit));
    }

    [Fact]
    public void Of_a_units_titles_the_one_in_force_counts()
    {
        var question = Known.TitleQuestion with { Certificate = null, Unit = Known.Unit };
        var past = With("QSZT", "历史").Replace("0001001", "0000001", StringComparison.Ordinal);
        Assert.Equal(Known.Title, Found(Read(Answer(past, Row), question)).Certificate);
    }

    [Fact]
    public void Two_titles_in_force_are_several()
    {
        var question = Known.TitleQuestion with { Certificate = null, Unit = Known.Unit };
        var other = Row.Replace("0001001", "0000001", StringComparison.Ordinal);
        Assert.Equal(2, Assert.IsType<Reading<PropertyTitleFacts>.Several>(Read(Answer(Row, other), question)).Count);
    }

    [Fact]
    public void No_row_is_unknown() => Assert.IsType<Reading<PropertyTitleFacts>.Unknown>(Read(Answer()));

    [Theory]
    [InlineData("4001", FailureStage.Secret, FailureSide.Gateway, "code-4001")]
    [InlineData("4003", FailureStage.Authorisation, FailureSide.Gateway, "code-4003")]
    [InlineData("4000", FailureStage.Envelope, FailureSide.Agency, "code-4000")]
    [InlineData("张三", FailureStage.Envelope, FailureSide.Agency, "code-unlisted")]
    [InlineData("null", FailureStage.Parse, FailureSide.Agency, "field-code")]
    public void A_refusal_is_a_failure_even_with_an_empty_list(
        string code,
        FailureStage stage,
        FailureSide side,
        string failure
    ) =>
        Assert.Equal(
            (stage, side, failure),
            Known.Of(Failed(Read($$"""{"head":{"code":"{{code}}","msg":"","cxqqdh":""},"data":[]}""")))
        );

    [Theory]
    [InlineData("""{"data":[]}""", FailureStage.Parse, "field-code")]
    [InlineData("""{"head":{},"data":[]}""", FailureStage.Parse, "field-code")]
    [InlineData("""{"head":{"code":"0000","cxqqdh":"20261123421022000001"}}""", FailureStage.Parse, "field-data")]
    [InlineData(
        """{"head":{"code":"0000","cxqqdh":"20261123421022000001"},"data":null}""",
        FailureStage.Parse,
        "field-data"
    )]
    [InlineData(
        """{"head":{"code":"0000","cxqqdh":"20261123421022000001"},"data":""}""",
        FailureStage.Parse,
        "field-data"
    )]
    [InlineData(
        """{"head":{"code":"0000","cxqqdh":"20261123421022000001"},"data":"null"}""",
        FailureStage.Parse,
        "field-data"
    )]
    [InlineData(
        """{"head":{"code":"0000","cxqqdh":"20261123421022000001"},"data":{}}""",
        FailureStage.Parse,
        "field-data"
    )]
    [InlineData(
        """{"head":{"code":"0000","cxqqdh":"20261123421022000001"},"data":[[]]}""",
        FailureStage.Parse,
        "field-record"
    )]
    [InlineData(
        """{"head":{"code":"0000","cxqqdh":"20261123421022000001"},"data":[null]}""",
        FailureStage.Parse,
        "field-record"
    )]
    [InlineData(
        """{"head":{"code":"0000","cxqqdh":"20261123421022000001"},"data":["x"]}""",
        FailureStage.Parse,
        "field-record"
    )]
    [InlineData(
        """{"head":{"code":"0000","cxqqdh":"20261123421022000001"},"data":[{}]}""",
        FailureStage.Parse,
        "field-BDCQZH"
    )]
    [InlineData(
        """{"head":{"code":"0000","cxqqdh":"20261123421022000002"},"data":[]}""",
        FailureStage.Binding,
        "cxqqdh"
    )]
    [InlineData("""{"head":{"code":"0000"},"data":[]}""", FailureStage.Binding, "cxqqdh")]
    public void An_answer_that_is_not_as_agreed_is_never_unknown(string json, FailureStage stage, string code) =>
        Assert.Equal((stage, FailureSide.Agency, code), Known.Of(Failed(Read(json))));

    [Theory]
    [InlineData("BDCQZH", "null", FailureStage.Parse, "field-BDCQZH")]
    [InlineData("BDCQZH", "鄂（2017）公安县不动产权第0009999号", FailureStage.Binding, "title")]
    [InlineData("QLRMC", "", FailureStage.Parse, "field-QLRMC")]
    [InlineData("BDCDYH", "421022", FailureStage.Parse, "field-BDCDYH")]
    [InlineData("QSZT", "", FailureStage.Parse, "field-QSZT")]
    [InlineData("QSZT", "有效", FailureStage.Parse, "field-QSZT")]
    public void A_row_that_is_not_as_agreed_fails_the_answer(
        string field,
        string value,
        FailureStage stage,
        string code
    ) => Assert.Equal((stage, FailureSide.Agency, code), Known.Of(Failed(Read(Answer(With(field, value))))));

    [Fact]
    public void One_row_of_another_title_fails_the_answer() =>
        Assert.Equal(
            FailureStage.Binding,
            Failed(Read(Answer(Row, Row.Replace("0001001", "0000001", StringComparison.Ordinal)))).Stage
        );

    private static string Answer(params string[] rows) =>
        $$"""{"head":{"code":"0000","msg":"","cxqqdh":"{{Number}}"},"data":[{{string.Join(',', rows)}}]}""";

    private static string With(string field, string value)
    {
        var row = System.Text.Json.Nodes.JsonNode.Parse(Row)!;
        row[field] = value;
        return row.ToJsonString();
    }

    private static Reading<PropertyTitleFacts> Read(string json, PropertyTitleQuestion? question = null) =>
        WireJson
            .Read(Known.Bytes(json), "utf-8", RealEstateJson.Default.TitleAnswer)
            .Succeeded(out var answer, out var failure)
            ? RealEstateReader.Read(answer, new TitleQuery(Number, "CASE-1", question ?? Known.TitleQuestion))
            : failure;

    private static PropertyTitleFacts Found(string json) => Found(Read(json));

    private static PropertyTitleFacts Found(Reading<PropertyTitleFacts> reading) =>
        Assert.IsType<Reading<PropertyTitleFacts>.Found>(reading).Facts;

    private static AgencyFailure Failed(Reading<PropertyTitleFacts> reading) =>
        Assert.IsType<Reading<PropertyTitleFacts>.Failed>(reading).Failure;
}
