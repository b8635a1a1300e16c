using System.Text;
using CsCheck;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Http.Wire;

public class WireXmlTests
{
    private const string BillionLaughs = """
        <?xml version="1.0"?>
        <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
        <lolz>&lol2;</lolz>
        """;

    private const string ExternalEntity = """
        <!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>
        """;

    [Fact]
    public void A_plain_answer_is_read()
    {
        Assert.True(
            Read("""<?xml version="1.0" encoding="UTF-8"?><a><XM>𠮷田䶮</XM></a>""").Succeeded(out var root, out _)
        );
        Assert.Equal("𠮷田䶮", root.Element("XM")?.Value);
    }

    [Theory]
    [InlineData(BillionLaughs, "dtd")]
    [InlineData(ExternalEntity, "dtd")]
    [InlineData("<a>&undeclared;</a>", "xml")]
    [InlineData("<a><b></a>", "xml")]
    [InlineData("<a/><b/>", "xml")]
    [InlineData("<a>\u0001</a>", "xml")]
    [InlineData("not xml", "xml")]
    [InlineData("""<?xml version="1.0" encoding="GBK"?><a/>""", "charset")]
    [InlineData("""<?xml version="1.0" encoding="ISO-8859-1"?><a/>""", "charset")]
    [InlineData("<!DOCTYPE html><html><body>502</body></html>", "html")]
    [InlineData("", "empty")]
    public void Anything_else_is_a_parse_failure(string body, string code)
    {
        Assert.False(Read(body).Succeeded(out _, out var failure));
        Assert.Equal((FailureStage.Parse, FailureSide.Agency, code), (failure.Stage, failure.Side, failure.Code));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(100_000)]
    public void Deep_nesting_is_a_parse_failure(int levels)
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", levels)) + string.Concat(Enumerable.Repeat("</a>", levels));
        Assert.False(Read(deep).Succeeded(out _, out var failure));
        Assert.Equal(WireFailure.Depth, failure);
    }

    [Fact]
    public void Embedded_xml_may_declare_the_encoding_it_once_had() =>
        Assert.True(WireXml.ReadEmbedded("""<?xml version="1.0" encoding="GBK"?><P/>""").Succeeded(out _, out _));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("<a>")]
    [InlineData(ExternalEntity)]
    public void Embedded_xml_is_read_as_strictly(string? text) =>
        Assert.False(WireXml.ReadEmbedded(text).Succeeded(out _, out _));

    [Fact]
    public void No_cut_of_an_answer_makes_it_throw()
    {
        var whole = Encoding.UTF8.GetBytes("<a><XM x='1'>张三&amp;</XM><![CDATA[<b/>]]></a>");
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(WireXml.Read(whole.AsMemory(0, length), "utf-8").Succeeded(out _, out _));
        }
    }

    [Fact]
    public void No_text_makes_it_throw() =>
        Gen.String.Sample(text =>
        {
            _ = WireXml.ReadEmbedded("<a>" + text + "</a>");
        });

    private static WireRead<System.Xml.Linq.XElement> Read(string xml) =>
        WireXml.Read(Encoding.UTF8.GetBytes(xml), "utf-8");
}
