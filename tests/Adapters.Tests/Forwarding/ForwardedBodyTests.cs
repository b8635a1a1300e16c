using System.Text;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Forwarding;

/// <summary>A caller's body becomes part of our envelope; it never becomes the envelope.</summary>
public sealed class ForwardedBodyTests
{
    private const string Person = "<GMSFHM>421022197001010112</GMSFHM><XM>张三</XM>";

    [Theory]
    [InlineData("exchange-rest", """{"entname":"甲","uniscid":"1","authcode":"x"}""")]
    [InlineData("exchange-rest", """{"entname":"甲","AuthCode":"x"}""")]
    [InlineData("exchange-rest", """{"\u0061uthcode":"x"}""")]
    [InlineData("licence-library", """{"head":{"accessId":"x"},"data":{}}""")]
    [InlineData("licence-library", """{"holderCode":"1","useCause":{"certificateMatterName":"x"}}""")]
    [InlineData("licence-library", """{"holderCode":"1","USECAUSE":null}""")]
    [InlineData("gx-data", """{"head":{"token":"x"},"cxywcs":[]}""")]
    [InlineData("gx-data", """{"Head":null,"cxywcs":[]}""")]
    [InlineData("exchange-soap", "<PACKAGE><PACKAGEHEAD/><DATA><RECORD><XM>张三</XM></RECORD></DATA></PACKAGE>")]
    [InlineData("exchange-soap", "<PACKAGE><DATA><RECORD><PACKAGEHEAD/></RECORD></DATA></PACKAGE>")]
    public Task Fields_that_only_we_write_are_refused(string dialect, string body) =>
        RefusedAsync(dialect, body, "reserved-field");

    [Theory]
    [InlineData("exchange-rest", "[]", "json")]
    [InlineData("exchange-rest", "{", "json")]
    [InlineData("exchange-rest", """{"entname":"甲",}""", "json")]
    [InlineData("exchange-rest", """{"entname":"甲","entname":"乙"}""", "json")]
    [InlineData("exchange-rest", """{"entname":"甲","Entname":"乙"}""", "duplicate-field")]
    [InlineData("exchange-rest", """{"entname":"\ud800"}""", "charset")]
    [InlineData("exchange-rest", """{"a":[{"\udc00":1}]}""", "charset")]
    [InlineData("gx-data", """{"cxywcs":["\ud800\u0041"]}""", "charset")]
    [InlineData("licence-library", """{"holderCode":"\udfff"}""", "charset")]
    [InlineData("exchange-rest", "", "empty")]
    [InlineData("licence-library", "null", "json")]
    [InlineData("gx-data", "\"text\"", "json")]
    [InlineData("exchange-soap", "", "empty")]
    [InlineData("exchange-soap", "<PACKAGE><DATA>", "xml")]
    [InlineData("exchange-soap", "{}", "xml")]
    [InlineData("exchange-soap", "<!DOCTYPE PACKAGE [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><PACKAGE/>", "dtd")]
    [InlineData("exchange-soap", "<OTHER><DATA><RECORD><XM>甲</XM></RECORD></DATA></OTHER>", "package")]
    [InlineData("exchange-soap", "<PACKAGE><DATA/></PACKAGE>", "package")]
    [InlineData("exchange-soap", "<PACKAGE><DATA><RECORD/></DATA></PACKAGE>", "package")]
    [InlineData("exchange-soap", "<PACKAGE><DATA><RECORD><XM>甲</XM></RECORD></DATA><DATA/></PACKAGE>", "package")]
    [InlineData("exchange-soap", "<PACKAGE><DATA>甲<RECORD><XM>甲</XM></RECORD></DATA></PACKAGE>", "package")]
    [InlineData("exchange-soap", "<PACKAGE a='1'><DATA><RECORD><XM>甲</XM></RECORD></DATA></PACKAGE>", "package")]
    [InlineData("exchange-soap", "<PACKAGE><DATA><RECORD><XM a='1'>甲</XM></RECORD></DATA></PACKAGE>", "package")]
    [InlineData("exchange-soap", "<PACKAGE><DATA><RECORD><XM><B/></XM></RECORD></DATA></PACKAGE>", "package")]
    [InlineData("exchange-soap", "<PACKAGE><DATA><RECORD><XM>甲</XM><XM>乙</XM></RECORD></DATA></PACKAGE>", "package")]
    [InlineData(
        "exchange-soap",
        "<PACKAGE><DATA><RECORD><XM xmlns='urn:x'>甲</XM></RECORD></DATA></PACKAGE>",
        "package"
    )]
    [InlineData(
        "exchange-soap",
        "<PACKAGE xmlns='urn:x'><DATA><RECORD><XM>甲</XM></RECORD></DATA></PACKAGE>",
        "package"
    )]
    public Task Bodies_of_another_shape_are_refused(string dialect, string body, string code) =>
        RefusedAsync(dialect, body, code);

    [Fact]
    public Task Two_records_are_two_questions() =>
        RefusedAsync(
            "exchange-soap",
            $"<PACKAGE><DATA><RECORD>{Person}</RECORD><RECORD>{Person}</RECORD></DATA></PACKAGE>",
            "package"
        );

    [Theory]
    [InlineData("exchange-rest")]
    [InlineData("exchange-soap")]
    [InlineData("licence-library")]
    [InlineData("gx-data")]
    public async Task More_than_an_envelope_takes_and_other_charsets_are_refused(string dialect)
    {
        await RefusedAsync(dialect, new byte[(256 * 1024) + 1], "too-large");
        await RefusedAsync(dialect, [(byte)'{', 0xB9, 0xAB, (byte)'}'], "charset");
    }

    [Theory]
    [InlineData("<![CDATA[</XM></RECORD><RECORD><XM>乙]]>")]
    [InlineData("&lt;/XM&gt;]]&gt;&lt;/in0&gt;")]
    [InlineData("&amp;#x7532;")]
    public async Task Markup_in_a_field_stays_text(string name)
    {
        var body = ForwardedCase.Record($"<GMSFHM>421022197001010112</GMSFHM><XM>{name}</XM>");
        await using var driver = await ForwardingDriver.StartAsync();
        var answer = await driver.SendAsync(ForwardedCase.Population with { Body = body });

        Assert.Contains(ForwardedCase.Population.Success, answer.Answer, StringComparison.Ordinal);
        Assert.Contains("&lt;XM_PPDDM&gt;0&lt;", answer.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_envelope_is_sent_as_it_came()
    {
        const string Body = """{ "unitNumber" : "\u0034", "b":1e2 }""";
        await using var driver = await ForwardingDriver.StartAsync();
        using var attempt = driver.Attempt(ForwardedCase.Grid);
        Assert.Null(await ForwardingDriver.SignAsync(driver.Open(ForwardedCase.Grid), attempt, Body));

        Assert.Equal(Body, await attempt.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/json", attempt.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task A_question_without_body_is_sent_without()
    {
        await using var driver = await ForwardingDriver.StartAsync();
        using var attempt = driver.Attempt(ForwardedCase.Projects);
        Assert.Null(await ForwardingDriver.SignAsync(driver.Open(ForwardedCase.Projects), attempt, string.Empty));
        Assert.Null(attempt.Content);
    }

    private static Task RefusedAsync(string dialect, string body, string code) =>
        RefusedAsync(dialect, Encoding.UTF8.GetBytes(body), code);

    private static async Task RefusedAsync(string dialect, byte[] body, string code)
    {
        var forwarded = ForwardedCase.Of(dialect);
        await using var driver = await ForwardingDriver.StartAsync(forwarded);
        using var attempt = driver.Attempt(forwarded);
        var question = ForwardingDriver.Question(string.Empty) with { Body = body };
        var failure = await driver.Open(forwarded).SignAsync(attempt, question, TestContext.Current.CancellationToken);

        Assert.Equal((FailureStage.Question, FailureSide.Gateway, code), Known.Of(failure));
        Assert.Null(attempt.Content);
        Assert.Empty(await driver.Adapters.CallsAsync("exchange-platform"));
    }
}
