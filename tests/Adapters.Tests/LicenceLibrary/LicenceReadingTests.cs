using System.Text.Json.Nodes;
using CsCheck;
using Integration.Adapters.Http;
using Integration.Adapters.LicenceLibrary;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.LicenceLibrary;

public class LicenceReadingTests
{
    private static readonly DateOnly s_today = new(2026, 11, 23);

    private const string Title = """
        {"certificateIdentifier":"1.2.156.3005.2.11100000MB03271699022.11421022000000000X.TEST0000000000000001.001.K",
         "certificateType":"中华人民共和国不动产权证书","certificateName":"x","certificateHolder":"张三^李四",
         "certificateHolderCode":"421022197001010112^421022197102020184",
         "certificateNumber":"鄂(2017)公安县不动产权第0001001号","issueDate":"2024-01-15",
         "certificateValidateStart":"2024-01-15","certificateValidateEnd":"9999-12-31","digitalSign":"x",
         "surface":[{"name":"坐落","value":"x"},{"name":"不动产单元号：","value":"421022001001GB00001F00010001"}]}
        """;

    private const string Business = """
        {"certificateIdentifier":"1.2.156.3005.2.11100000MB03271699022.11421022000000000X.TEST0000000000000001.001.K",
         "certificateType":"营业执照","certificateHolder":"公安县示例商贸有限公司","certificateHolderCode":"91421022MA49T0000B",
         "certificateNumber":"91421022MA49T0000B","issueDate":"2018-01-15","certificateValidateStart":"2018-01-15",
         "certificateValidateEnd":"长期","surface":[{"name":"法定代表人","value":"张三"},{"name":"经营状态","value":"存续"}]}
        """;

    [Fact]
    public void Holders_are_split_and_paired_with_their_codes()
    {
        var facts = Found(Titles(Title));
        Assert.Equal(
            [
                new TitleHolder(Known.Person, Known.PersonText),
                new TitleHolder(Known.Name("李四"), "421022197102020184"),
            ],
            facts.Holders
        );
        Assert.Equal((Known.Title, Known.Unit), (facts.Certificate, facts.Unit));
        Assert.True(facts.IsCurrent);
        Assert.Null(facts.IsSeized);
        Assert.Null(facts.IsMortgaged);
    }

    [Theory]
    [InlineData("鄂（2017）公安县不动产权第0001001号")]
    [InlineData("鄂(2017)公安县不动产权第0001001号")]
    [InlineData(" 鄂 （２０１７） 公安县不动产权第０００１００１号")]
    public void The_number_is_compared_in_normal_form(string number) =>
        Assert.Equal(Known.Title, Found(Titles(With(Title, "certificateNumber", number))).Certificate);

    [Theory]
    [InlineData("2024-01-15", "2026-11-22", false)]
    [InlineData("2024-01-15", "2026-11-23", true)]
    [InlineData("2026-11-24", "2030-01-01", false)]
    [InlineData("1900-01-01", "null", true)]
    [InlineData("2024年1月15日", "长期", true)]
    public void A_copy_is_current_within_its_validity(string from, string until, bool isCurrent) =>
        Assert.Equal(
            isCurrent,
            Found(
                Titles(With(With(Title, "certificateValidateStart", from), "certificateValidateEnd", until))
            ).IsCurrent
        );

    [Fact]
    public void Of_all_titles_of_the_holder_the_one_asked_for_counts()
    {
        var other = With(Title, "certificateNumber", "鄂（2017）公安县不动产权第0009999号");
        Assert.Equal(Known.Title, Found(Titles(other, Title)).Certificate);
    }

    [Fact]
    public void A_title_that_the_holder_does_not_have_is_unknown() =>
        Assert.IsType<Reading<PropertyTitleFacts>.Unknown>(
            Titles(With(Title, "certificateNumber", "鄂（2017）公安县不动产权第0009999号"))
        );

    [Fact]
    public void Two_titles_of_one_unit_are_several()
    {
        var other = With(Title, "certificateNumber", "鄂（2017）公安县不动产权第0009999号");
        var question = Known.TitleQuestion with { Certificate = null, Unit = Known.Unit };
        Assert.Equal(2, Assert.IsType<Reading<PropertyTitleFacts>.Several>(Titles(question, Title, other)).Count);
    }

    [Fact]
    public void Of_copies_of_one_title_the_latest_counts()
    {
        var former = With(With(Title, "certificateHolder", "旧^李四"), "issueDate", "2020-01-15");
        Assert.Equal(Known.Person, Found(Titles(Title, former)).Holders[0].Name);
    }

    [Fact]
    public void A_proof_of_registration_is_no_title() =>
        Assert.IsType<Reading<PropertyTitleFacts>.Unknown>(Titles(With(Title, "certificateType", "不动产登记证明")));

    [Theory]
    [InlineData(
        "certificateIdentifier",
        "1.2.156.3005.2.11100000MB03271699022.11421022000000000X.TEST0000000000000001.001.J",
        FailureStage.Parse,
        "field-certificateIdentifier"
    )]
    [InlineData("certificateIdentifier", "null", FailureStage.Parse, "field-certificateIdentifier")]
    [InlineData("certificateType", "驾驶证", FailureStage.Parse, "field-certificateType")]
    [InlineData("certificateType", "营业执照", FailureStage.Binding, "certificateType")]
    [InlineData("certificateNumber", "null", FailureStage.Parse, "field-certificateNumber")]
    [InlineData("certificateNumber", "0001001", FailureStage.Parse, "field-certificateNumber")]
    [InlineData("certificateHolder", "张三", FailureStage.Parse, "field-certificateHolder")]
    [InlineData("certificateHolder", "张三^", FailureStage.Parse, "field-certificateHolder")]
    [InlineData("certificateHolderCode", "421022197001010112^null", FailureStage.Parse, "field-certificateHolder")]
    [InlineData(
        "certificateHolderCode",
        "421022197203030250^421022197102020184",
        FailureStage.Binding,
        "certificateHolderCode"
    )]
    public void A_title_that_is_not_as_agreed_fails_the_answer(
        string field,
        string value,
        FailureStage stage,
        string code
    ) => Assert.Equal((stage, FailureSide.Agency, code), Known.Of(Failed(Titles(With(Title, field, value)))));

    [Fact]
    public void A_broken_unit_number_fails_the_answer() =>
        Assert.Equal(
            "field-unit",
            Failed(Titles(Title.Replace("GB00001F", "GB00001K", StringComparison.Ordinal))).Code
        );

    [Fact]
    public void A_business_licence_says_name_representative_and_standing()
    {
        var facts = Found(Businesses(Business));
        Assert.Equal(("公安县示例商贸有限公司", Known.Person), (facts.Name?.Value, facts.LegalRepresentative));
        Assert.StartsWith("存续", facts.Status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("吊销", "吊销")]
    [InlineData("注销", "注销")]
    [InlineData("停业", "停业")]
    public void The_standing_is_the_one_printed(string printed, string status) =>
        Assert.Equal(status, Found(Businesses(Business.Replace("存续", printed, StringComparison.Ordinal))).Status);

    [Theory]
    [InlineData("2026-11-22", true)]
    [InlineData("2026-11-23", false)]
    public void A_licence_whose_term_is_over_is_expired(string end, bool isExpired) =>
        Assert.Equal(isExpired, Found(Businesses(With(Business, "certificateValidateEnd", end))).IsExpired);

    [Theory]
    [InlineData("2020.12.31")]
    [InlineData("2020-12-31T00:00:00+08:00")]
    [InlineData("2020-12-31 00:00:00.000")]
    [InlineData("２０２０年１２月３１日")]
    public void An_end_in_any_spelling_is_an_end(string end) =>
        Assert.True(Found(Businesses(With(Business, "certificateValidateEnd", end))).IsExpired);

    [Theory]
    [InlineData("certificateValidateEnd", "31/12/2020")]
    [InlineData("certificateValidateStart", "见证照")]
    [InlineData("issueDate", "2018-13-01")]
    public void A_date_that_cannot_be_read_is_not_no_date(string field, string value)
    {
        var failure = Failed(Businesses(With(Business, field, value)));
        Assert.Equal((FailureStage.Parse, field), (failure.Stage, failure.Field));
    }

    /// <summary>Another title of the holder that cannot be read says nothing about the one that was asked for.</summary>
    [Fact]
    public void An_odd_other_title_does_not_spoil_the_answer()
    {
        var odd = With(With(Title, "certificateNumber", "鄂（2017）公安县不动产权第0009999号"), "issueDate", "不详");
        Assert.Equal(Known.Title, Found(Titles(odd, Title)).Certificate);
        Assert.Equal("field-issueDate", Failed(Titles(With(Title, "issueDate", "不详"))).Code);
    }

    [Fact]
    public void A_revoked_licence_stays_revoked_when_its_term_is_over() =>
        Assert.Equal(
            "吊销",
            Found(
                Businesses(
                    With(Business, "certificateValidateEnd", "2026-11-22")
                        .Replace("存续", "吊销", StringComparison.Ordinal)
                )
            ).Status
        );

    [Fact]
    public void Of_copies_of_one_business_licence_the_latest_counts()
    {
        var former = With(Business.Replace("张三", "李四", StringComparison.Ordinal), "issueDate", "2015-01-01");
        Assert.Equal(Known.Person, Found(Businesses(former, Business)).LegalRepresentative);
    }

    [Fact]
    public void Two_latest_business_licences_are_several() =>
        Assert.IsType<Reading<BusinessLicenceFacts>.Several>(Businesses(Business, Business));

    [Fact]
    public void No_licence_is_unknown() => Assert.IsType<Reading<BusinessLicenceFacts>.Unknown>(Businesses());

    [Theory]
    [InlineData("certificateNumber", "91421022MA49T00198", FailureStage.Binding, "certificateNumber")]
    [InlineData("certificateNumber", "91421022MA49T0000X", FailureStage.Binding, "certificateNumber")]
    [InlineData("certificateHolderCode", "91421022MA49T00198", FailureStage.Binding, "certificateHolderCode")]
    [InlineData("certificateType", "不动产权证书", FailureStage.Binding, "certificateType")]
    public void A_business_licence_of_another_enterprise_is_no_answer(
        string field,
        string value,
        FailureStage stage,
        string code
    ) => Assert.Equal((stage, FailureSide.Agency, code), Known.Of(Failed(Businesses(With(Business, field, value)))));

    [Fact]
    public void A_business_licence_without_standing_is_no_answer() =>
        Assert.Equal(
            "field-standing",
            Failed(Businesses(Business.Replace("经营状态", "其他", StringComparison.Ordinal))).Code
        );

    [Theory]
    [InlineData("11", FailureStage.Authorisation, FailureSide.Gateway, "code-11")]
    [InlineData("12", FailureStage.Authorisation, FailureSide.Gateway, "code-12")]
    [InlineData("10", FailureStage.Envelope, FailureSide.Agency, "code-10")]
    [InlineData("null", FailureStage.Parse, FailureSide.Agency, "field-status")]
    public void A_refusal_is_a_failure_even_with_an_empty_list(
        string status,
        FailureStage stage,
        FailureSide side,
        string code
    )
    {
        var json = $$"""{"head":{"status":"{{status}}","message":""},"data":[]}""";
        Assert.Equal((stage, side, code), Known.Of(FailureOf(json)));
    }

    [Theory]
    [InlineData("""{"head":{"status":"0"}}""", "field-data")]
    [InlineData("""{"head":{"status":"0"},"data":null}""", "field-data")]
    [InlineData("""{"head":{"status":"0"},"data":""}""", "field-data")]
    [InlineData("""{"head":{"status":0},"data":{}}""", "field-data")]
    [InlineData("""{"head":{"status":"0"},"data":[1]}""", "field-record")]
    [InlineData("""{"head":{"status":"0"},"data":[null]}""", "field-record")]
    [InlineData("""{"head":{"status":"0"},"data":[{}]}""", "field-certificateIdentifier")]
    [InlineData("""{"data":[]}""", "field-status")]
    public void An_answer_that_is_not_as_agreed_is_never_unknown(string json, string code) =>
        Assert.Equal((FailureStage.Parse, FailureSide.Agency, code), Known.Of(FailureOf(json)));

    [Fact]
    public void Any_names_joined_come_back_apart() =>
        Gen.String[Gen.Char['一', '龥'], 2, 4]
            .Array[1, 5]
            .Sample(names =>
            {
                var codes = Enumerable.Repeat(Known.PersonText, names.Length);
                var row = With(
                    With(Title, "certificateHolder", string.Join('^', names)),
                    "certificateHolderCode",
                    string.Join('^', codes)
                );
                Assert.Equal(names, Found(Titles(row)).Holders.Select(holder => holder.Name.Value));
            });

    private static string With(string row, string field, string value)
    {
        var node = JsonNode.Parse(row)!;
        node[field] = value;
        // Chinese stays readable, so that a test can replace it.
        return node.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }

    private static string Answer(string[] rows) =>
        $$"""{"head":{"status":"0","message":""},"data":[{{string.Join(',', rows)}}]}""";

    private static Reading<PropertyTitleFacts> Titles(params string[] rows) => Titles(Known.TitleQuestion, rows);

    private static Reading<PropertyTitleFacts> Titles(PropertyTitleQuestion question, params string[] rows) =>
        LicenceLibraryReader
            .Read(Wire(Answer(rows)), LicenceKind.Title, Known.PersonText)
            .Succeeded(out var licences, out var failure)
            ? LibraryTitleSource.Choose(licences, question, s_today)
            : failure;

    private static Reading<BusinessLicenceFacts> Businesses(params string[] rows) =>
        LicenceLibraryReader
            .Read(Wire(Answer(rows)), LicenceKind.BusinessLicence, Known.CompanyText)
            .Succeeded(out var licences, out var failure)
            ? LibraryBusinessLicenceSource.Choose(licences, Known.Company, s_today)
            : failure;

    private static AgencyFailure? FailureOf(string json)
    {
        var answer = LicenceLibraryReader.Read(Wire(json), LicenceKind.Title, Known.PersonText);
        return answer.Succeeded(out var found, out var failure)
            ? Assert
                .IsType<Reading<PropertyTitleFacts>.Failed>(
                    LibraryTitleSource.Choose(found, Known.TitleQuestion, s_today)
                )
                .Failure
            : failure;
    }

    private static LicenceAnswer Wire(string json) => Known.Wire(json, LicenceLibraryJson.Default.LicenceAnswer);

    private static T Found<T>(Reading<T> reading) => Assert.IsType<Reading<T>.Found>(reading).Facts;

    private static AgencyFailure Failed<T>(Reading<T> reading) => Assert.IsType<Reading<T>.Failed>(reading).Failure;
}
