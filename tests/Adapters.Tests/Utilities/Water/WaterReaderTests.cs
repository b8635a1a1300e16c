using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Adapters.Utilities;
using Integration.Adapters.Utilities.Water;

namespace Integration.Adapters.Tests.Utilities.Water;

/// <summary>Answers that no honest company gives, and what becomes of them.</summary>
public class WaterReaderTests
{
    private const string Receipt = """{"qqlsh":"LEG-1-1","gdh":"GS1","sfcx":"0","qsx":[]}""";
    private const string Step = """{"jdbh":"1","zt":"20","sj":"2026-11-23 10:00:00"}""";

    [Theory]
    [InlineData("{}", FailureStage.Parse, "field-code")]
    [InlineData("""{"code":"0"}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":"0","data":[]}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":"0","data":null}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":"500","data":null}""", FailureStage.Envelope, "code-500")]
    [InlineData("""{"code":"401","data":null}""", FailureStage.Secret, "code-401")]
    [InlineData("""{"code":"403","data":null}""", FailureStage.Authorisation, "code-403")]
    [InlineData("""{"code":"张三","data":null}""", FailureStage.Envelope, "code-unlisted")]
    public void An_envelope_that_is_not_agreed_is_a_failure(string answer, FailureStage stage, string code)
    {
        var failure = Failure(WaterReader.Receipt(Answer(answer), Legs.Key(), mayBeUnknown: false));
        Assert.Equal((stage, code), (failure.Stage, failure.Code));
    }

    [Theory]
    [InlineData("\"qqlsh\":\"LEG-1-1\"", "\"qqlsh\":\"LEG-2-1\"", FailureStage.Binding, "qqlsh")]
    [InlineData("\"qqlsh\":\"LEG-1-1\"", "\"qqlsh\":null", FailureStage.Parse, "field-qqlsh")]
    [InlineData("\"GS1\"", "\"GS2\"", FailureStage.Binding, "gdh")]
    [InlineData("\"GS1\"", "null", FailureStage.Parse, "field-gdh")]
    [InlineData("\"sfcx\":\"0\"", "\"sfcx\":\"2\"", FailureStage.Parse, "field-sfcx")]
    [InlineData("\"sfcx\":\"0\",", "", FailureStage.Parse, "field-sfcx")]
    [InlineData(",\"qsx\":[]", "", FailureStage.Parse, "field-qsx")]
    [InlineData("\"qsx\":[]", "\"qsx\":\"\"", FailureStage.Parse, "field-qsx")]
    public void A_receipt_of_another_order_or_without_what_belongs_there_is_none(
        string part,
        string instead,
        FailureStage stage,
        string code
    )
    {
        var answer = Answer(Data(Receipt.Replace(part, instead, StringComparison.Ordinal)));
        var failure = Failure(WaterReader.Receipt(answer, Legs.Key(reference: "GS1"), mayBeUnknown: true));
        Assert.Equal((stage, code), (failure.Stage, failure.Code));
    }

    [Fact]
    public void A_receipt_is_read()
    {
        var read = WaterReader.Receipt(Answer(Data(Receipt)), Legs.Key(reference: "GS1"), mayBeUnknown: true);
        Assert.Equal("GS1", Assert.IsType<Reading<LegReceipt>.Found>(read).Facts.Reference);
    }

    [Theory]
    [InlineData("\"zt\":\"20\"", "\"zt\":\"\"", "field-status-code")]
    [InlineData("2026-11-23 10:00:00", "23.11.2026", "field-status-time")]
    [InlineData("2026-11-23 10:00:00", "1900-01-01 00:00:00", "field-status-time")]
    [InlineData("}", ",\"fy\":[{\"mc\":\"费\"}]}", "field-status-items")]
    [InlineData("}", ",\"fy\":[{\"mc\":\"费\",\"je\":-1}]}", "field-status-items")]
    [InlineData("}", ",\"qsx\":[\"\"]}", "field-status-items")]
    public void A_step_that_cannot_be_read_makes_the_answer_none(string part, string instead, string code)
    {
        var answer = Steps(Step.Replace(part, instead, StringComparison.Ordinal));
        Assert.Equal(code, Failure(WaterReader.Statuses(answer, Legs.Key())).Code);
    }

    [Fact]
    public void A_number_that_is_none_of_ours_is_made_of_the_content()
    {
        var id = Only(Step.Replace("\"1\"", "\"第1号/2\"", StringComparison.Ordinal)).StatusId;
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal(id, Only(Step.Replace("\"1\"", "\"第1号/2\"", StringComparison.Ordinal)).StatusId);
        Assert.NotEqual(id, Only(Step.Replace("\"1\"", "\"第1号/3\"", StringComparison.Ordinal)).StatusId);
        Assert.Equal("1", Only(Step).StatusId);
    }

    [Fact]
    public void Long_words_are_cut_and_no_character_with_them()
    {
        var words = new string('字', 499) + "𠮷𠮷";
        var status = Only(Step.Replace("}", $",\"sm\":\"{words}\"}}", StringComparison.Ordinal));
        Assert.Equal(new string('字', 499), status.Detail);
    }

    [Theory]
    [InlineData("""{"qqlsh":"LEG-2-1","kssj":"2026-11-24 10:00:00","qr":"1"}""", "qqlsh")]
    [InlineData("""{"qqlsh":"LEG-1-1","kssj":"2026-11-25 10:00:00","qr":"1"}""", "kssj")]
    [InlineData("""{"qqlsh":"LEG-1-1","kssj":"2026-11-24 10:00:00","qr":"vielleicht"}""", "field-qr")]
    public void An_answer_about_another_visit_is_none(string data, string code)
    {
        var slot = new VisitSlot(Legs.At.AddDays(1), Legs.At.AddDays(1).AddHours(2));
        Assert.Equal(code, Failure(WaterReader.Visit(Answer(Data(data)), Legs.Key(), slot)).Code);
    }

    [Theory]
    [InlineData("""{"consno":"100002","sfqf":"0","sfyhz":"1"}""", "consno")]
    [InlineData("""{"consno":"100001","sfqf":"","sfyhz":"1"}""", "field-sfqf")]
    [InlineData("""{"consno":"100001","sfqf":"0"}""", "field-sfyhz")]
    public void An_answer_about_another_account_is_none_and_a_broken_flag_is_never_no_arrears(
        string data,
        string code
    ) =>
        Assert.Equal(
            code,
            Failure(WaterReader.PreCheck(Answer(Data(data)), new TransferQuestion("100001", "张三"))).Code
        );

    private static ProviderStatus Only(string step) =>
        Assert.Single(
            Assert
                .IsType<Reading<IReadOnlyList<ProviderStatus>>.Found>(WaterReader.Statuses(Steps(step), Legs.Key()))
                .Facts
        );

    private static LinkageAnswer Steps(string step) => Answer(Data($$"""{"qqlsh":"LEG-1-1","jd":[{{step}}]}"""));

    private static string Data(string data) => $$"""{"code":"0","data":{{data}}}""";

    private static LinkageAnswer Answer(string json) => Known.Wire(json, WaterJson.Default.LinkageAnswer);

    private static AgencyFailure Failure<T>(Reading<T> reading) => Assert.IsType<Reading<T>.Failed>(reading).Failure;
}
