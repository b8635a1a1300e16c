using System.Text;
using System.Text.Json.Serialization;
using CsCheck;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.Tests.Http.Wire;

public class WireJsonTests
{
    [Theory]
    [InlineData("""{"code":"0"}""", "0")]
    [InlineData("""{"code":0}""", "0")]
    [InlineData("""{"code":0.50}""", "0.50")]
    [InlineData("""{"code":true}""", "true")]
    [InlineData("""{"code":"null"}""", null)]
    [InlineData("""{"code":null}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("""{"code":"1","unknown":[{}]}""", "1")]
    public void A_code_is_read_however_it_is_typed(string json, string? code)
    {
        Assert.True(Read(json).Succeeded(out var sample, out _));
        Assert.Equal(code, sample.Code);
    }

    [Theory]
    [InlineData("""{"code":"0" """, "json")]
    [InlineData("""{"code":"0"} x""", "json")]
    [InlineData("""{"code":"0",}""", "json")]
    [InlineData("""{"code":"0"/**/}""", "json")]
    [InlineData("""{"code":"0","code":"1"}""", "json")]
    [InlineData("""{"code":{}}""", "json")]
    [InlineData("""{"code":"\ud800"}""", "json")]
    [InlineData("null", "json")]
    [InlineData("[]", "json")]
    [InlineData("\"null\"", "json")]
    [InlineData("<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "html")]
    [InlineData(" <HTML></HTML>", "html")]
    [InlineData("", "empty")]
    public void Anything_else_is_a_parse_failure(string body, string code)
    {
        Assert.False(Read(body).Succeeded(out _, out var failure));
        Assert.Equal(
            (Ports.FailureStage.Parse, Ports.FailureSide.Agency, code),
            (failure.Stage, failure.Side, failure.Code)
        );
    }

    [Fact]
    public void Deep_nesting_is_a_parse_failure()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"next":""", 33)) + "{}" + new string('}', 33);
        Assert.False(Read(deep).Succeeded(out _, out _));
    }

    [Fact]
    public void No_cut_of_an_answer_makes_it_throw()
    {
        var whole = Encoding.UTF8.GetBytes("""{"code":"张三\u0041","next":{"code":1}}""");
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(
                WireJson.Read(whole.AsMemory(0, length), null, WireJsonSamples.Default.Sample).Succeeded(out _, out _)
            );
        }
    }

    [Fact]
    public void No_bytes_make_it_throw() =>
        Gen
            .Byte.Array[0, 64]
            .Sample(bytes =>
            {
                _ = WireJson.Read(bytes, null, WireJsonSamples.Default.Sample);
            });

    private static WireRead<Sample> Read(string json) =>
        WireJson.Read(Encoding.UTF8.GetBytes(json), "utf-8", WireJsonSamples.Default.Sample);
}

internal sealed record Sample(
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("next")] Sample? Next
);

[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    Converters = [typeof(WireTextConverter)]
)]
[JsonSerializable(typeof(Sample))]
internal sealed partial class WireJsonSamples : JsonSerializerContext;
