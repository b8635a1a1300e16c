using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Adapters.Utilities.Electricity;

namespace Integration.Adapters.Tests.Utilities.Electricity;

public class ElectricityReaderTests
{
    private const string Account = "4210220000001";

    private const string Row = """
        {"consno":"4210220000001","qlrmc":"张三","qlrzjh":"421022197001010112","bdcdyh":"421022001001GB00001F00010001","sfqf":"1","qfje":"35.50"}
        """;

    [Fact]
    public void Holder_unit_and_arrears_are_read() =>
        Assert.Equal(new UtilityAccountFacts(Known.Person, Known.PersonText, Known.Unit, 35.50m), Found(Row));

    [Theory]
    [InlineData("\"0\"", "\"0.00\"")]
    [InlineData("0", "0")]
    [InlineData("\"0\"", "null")]
    [InlineData("\"0\"", "\"null\"")]
    public void Nothing_owed_is_zero(string flag, string amount) =>
        Assert.Equal(
            0,
            Found(
                Row.Replace("\"1\"", flag, StringComparison.Ordinal)
                    .Replace("\"35.50\"", amount, StringComparison.Ordinal)
            ).Arrears
        );

    [Theory]
    [InlineData("\"0\"", "\"35.50\"")]
    [InlineData("\"1\"", "\"0\"")]
    [InlineData("\"1\"", "null")]
    [InlineData("\"1\"", "\"-5\"")]
    [InlineData("\"1\"", "\"很多\"")]
    [InlineData("\"2\"", "\"0\"")]
    [InlineData("null", "\"0\"")]
    public void Flag_and_amount_that_do_not_agree_fail_the_answer(string flag, string amount) =>
        Assert.Equal(
            (FailureStage.Parse, FailureSide.Agency, "field-qfje"),
            Failed(
                Answer(
                    Row.Replace("\"1\"", flag, StringComparison.Ordinal)
                        .Replace("\"35.50\"", amount, StringComparison.Ordinal)
                )
            )
        );

    [Fact]
    public void What_is_not_recorded_is_nothing()
    {
        var facts = Found(
            Row.Replace("421022197001010112", "null", StringComparison.Ordinal)
                .Replace(Known.UnitText, " ", StringComparison.Ordinal)
        );
        Assert.Null(facts.HolderCode);
        Assert.Null(facts.Unit);
    }

    [Fact]
    public void No_data_is_unknown() => Assert.IsType<Reading<UtilityAccountFacts>.Unknown>(Read(Answer("null")));

    [Theory]
    [InlineData("""{"code":"0"}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":"0","data":""}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":"0","data":"null"}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":"0","data":[]}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":"0","data":{}}""", FailureStage.Parse, "field-consno")]
    [InlineData("""{"data":null}""", FailureStage.Parse, "field-code")]
    [InlineData("""{"code":"1","data":null}""", FailureStage.Envelope, "code-1")]
    public void An_answer_that_is_not_as_agreed_is_never_unknown(string json, FailureStage stage, string code) =>
        Assert.Equal((stage, FailureSide.Agency, code), Failed(json));

    [Theory]
    [InlineData("4210220000001", "4210220000002", FailureStage.Binding, "consno")]
    [InlineData("张三", "null", FailureStage.Parse, "field-qlrmc")]
    [InlineData("421022001001GB00001F00010001", "421022", FailureStage.Parse, "field-bdcdyh")]
    public void An_account_that_is_not_as_agreed_fails_the_answer(
        string sent,
        string instead,
        FailureStage stage,
        string code
    ) =>
        Assert.Equal(
            (stage, FailureSide.Agency, code),
            Failed(Answer(Row.Replace(sent, instead, StringComparison.Ordinal)))
        );

    private static string Answer(string data) => $$"""{"code":"0","msg":"","data":{{data}}}""";

    private static Reading<UtilityAccountFacts> Read(string json) =>
        ElectricityReader.Read(
            Known.Wire(json, ElectricityJson.Default.LinkageAnswer),
            new UtilityAccountQuestion(Account)
        );

    private static UtilityAccountFacts Found(string row) =>
        Assert.IsType<Reading<UtilityAccountFacts>.Found>(Read(Answer(row))).Facts;

    private static (FailureStage Stage, FailureSide Side, string Code) Failed(string json) =>
        Known.Of(Assert.IsType<Reading<UtilityAccountFacts>.Failed>(Read(json)).Failure);
}
