using Integration.Adapters.GridResource;
using Integration.Adapters.Http;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.GridResource;

public class GridResourceReaderTests
{
    [Theory]
    [InlineData("260", "60")]
    [InlineData("\"260\"", "\"60.0\"")]
    public void The_capacity_at_the_unit_is_read(string metres, string capacity) =>
        Assert.Equal(
            new GridResourceFacts(260, 60),
            Assert.IsType<Reading<GridResourceFacts>.Found>(Read(Answer(Known.UnitText, metres, capacity))).Facts
        );

    [Fact]
    public void No_data_is_unknown() =>
        Assert.IsType<Reading<GridResourceFacts>.Unknown>(Read("""{"code":0,"message":"","data":null}"""));

    [Theory]
    [InlineData("""{"code":0}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":0,"data":""}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":0,"data":"null"}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":0,"data":[]}""", FailureStage.Parse, "field-data")]
    [InlineData("""{"code":0,"data":{}}""", FailureStage.Parse, "field-unitNumber")]
    [InlineData("""{"data":null}""", FailureStage.Parse, "field-code")]
    [InlineData("""{"code":500,"data":null}""", FailureStage.Envelope, "code-500")]
    [InlineData("""{"code":"-1","message":"系统繁忙"}""", FailureStage.Envelope, "code--1")]
    public void An_answer_that_is_not_as_agreed_is_never_unknown(string json, FailureStage stage, string code) =>
        Assert.Equal((stage, FailureSide.Agency, code), Failed(json));

    [Theory]
    [InlineData("null", "60")]
    [InlineData("-1", "60")]
    [InlineData("260", "1e3")]
    [InlineData("260", "\"许多\"")]
    public void A_number_that_is_none_fails_the_answer(string metres, string capacity) =>
        Assert.Equal(
            (FailureStage.Parse, FailureSide.Agency, "field-capacity"),
            Failed(Answer(Known.UnitText, metres, capacity))
        );

    [Fact]
    public void Another_units_capacity_is_no_answer() =>
        Assert.Equal(
            (FailureStage.Binding, FailureSide.Agency, "unitNumber"),
            Failed(Answer("421022001001GB00002F00010002", "1", "1"))
        );

    private static string Answer(string unit, string metres, string capacity) =>
        $$$"""{"code":0,"data":{"unitNumber":"{{{unit}}}","nearestLowVoltageMetres":{{{metres}}},"spareCapacityKw":{{{capacity}}} }}""";

    private static Reading<GridResourceFacts> Read(string json) =>
        GridResourceReader.Read(Known.Wire(json, GridResourceJson.Default.GridAnswer), Known.Unit);

    private static (FailureStage Stage, FailureSide Side, string Code) Failed(string json) =>
        Known.Of(Assert.IsType<Reading<GridResourceFacts>.Failed>(Read(json)).Failure);
}
