using System.Text;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Tests.Sharing.Filtering;

public class RequestFieldsTests
{
    private static readonly FieldTree s_json = FieldTree.Parse(
        ["entname", "list", "who/name", "who/ids"],
        ignoreCase: false
    );
    private static readonly FieldTree s_xml = FieldTree.Parse(["P/R/@no", "P/R/XM", "P/H"], ignoreCase: false);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"entname":"x","list":[1,null,"y"],"who":{"name":null}}""")]
    [InlineData("""{"who":[{"name":1},{"name":2}]}""")]
    public void A_body_of_allowed_fields_is_accepted(string body) => Assert.Empty(Faults(WireFormat.Json, body));

    [Theory]
    [InlineData("""{"other":1}""", "/other unknown-member")]
    [InlineData("""{"who":{"other":{"a":[1]}},"entname":1}""", "/who/other unknown-member")]
    [InlineData("""{"who":[{},{"idNo":1}]}""", "/who/1/idNo unknown-member")]
    [InlineData("""{"421022199001011234":1}""", " unknown-member")]
    [InlineData("""{"\ud83d":1}""", " unknown-member")]
    [InlineData("""{"entname":1,"entname":2}""", "/entname duplicate-key")]
    [InlineData("""{"entname":1,"\u0065ntname":2}""", "/entname duplicate-key")]
    [InlineData("""{"entname":{"a":1}}""", "/entname wrong-type")]
    [InlineData("""{"list":[[1],{"a":1}]}""", "/list/1 wrong-type")]
    [InlineData("""{"who":"x"}""", "/who wrong-type")]
    [InlineData("""{"entname":"\ud83d"}""", "/entname broken-text")]
    [InlineData("[]", " wrong-type")]
    [InlineData("null", " wrong-type")]
    [InlineData("", " syntax")]
    [InlineData("{", " syntax")]
    [InlineData("{} {}", " trailing-data")]
    [InlineData("\uFEFF{}", " encoding")]
    public void Anything_else_is_refused_with_its_place(string body, string fault) =>
        Assert.Equal([fault], Faults(WireFormat.Json, body));

    [Fact]
    public void All_faults_are_listed_at_once() =>
        Assert.Equal(
            ["/a unknown-member", "/who wrong-type", "/list/0 wrong-type", "/entname duplicate-key"],
            Faults(WireFormat.Json, """{"a":1,"who":2,"list":[{}],"entname":1,"entname":2}""")
        );

    [Theory]
    [InlineData(WireFormat.Json)]
    [InlineData(WireFormat.Xml)]
    public void Other_encodings_are_refused(WireFormat format)
    {
        byte[] body = [.. "{\"entname\":\""u8, 0xD5, 0xC5, .. "\"}"u8];
        Assert.False(RequestFields.Read(body, format, s_json).Succeeded(out _, out var refusal));
        Assert.Equal("encoding", refusal.Errors!.Single().Code);
    }

    [Theory]
    [InlineData(32, false)]
    [InlineData(33, true)]
    public void Nesting_is_bounded(int depth, bool isTooDeep)
    {
        var arrays = new string('[', depth - 1) + new string(']', depth - 1);
        Assert.Equal(isTooDeep ? [" too-deep"] : [], Faults(WireFormat.Json, $$"""{"list":{{arrays}}}"""));

        var deep = FieldTree.Parse([string.Join('/', Enumerable.Repeat("a", 32))], ignoreCase: false);
        var elements = string.Concat(Enumerable.Repeat("<a>", depth));
        var body = Encoding.UTF8.GetBytes(elements + elements.Replace("<", "</", StringComparison.Ordinal));
        Assert.Equal(!isTooDeep, RequestFields.Read(body, WireFormat.Xml, deep).Succeeded(out _, out var refusal));
        Assert.Equal(isTooDeep ? "too-deep" : null, refusal?.Errors![0].Code);
    }

    [Theory]
    [InlineData("<P/>")]
    [InlineData("<?xml version='1.0' encoding='UTF-8'?>\n<P> <R no='1'> <XM>张三</XM> </R>\n <R/> <H>x</H> </P>\n")]
    public void A_package_of_allowed_fields_is_accepted(string body) =>
        Assert.Empty(Faults(WireFormat.SoapPackage, body));

    [Theory]
    [InlineData("<Q/>", "/Q unknown-member")]
    [InlineData("<P><R><ID><XM/></ID><XM/></R></P>", "/P/R/ID unknown-member")]
    [InlineData("<P><R><身份/></R></P>", "/P/R unknown-member")]
    [InlineData("<P><R id='1'/></P>", "/P/R/@id unknown-member")]
    [InlineData("<P xmlns='urn:x'/>", "/P/@xmlns unknown-member")]
    [InlineData("<P><R><XM>a<b/></XM></R></P>", "/P/R/XM/b unknown-member")]
    [InlineData("<P><R>loose</R></P>", "/P/R wrong-type")]
    [InlineData("<P><!--secret--></P>", "/P unknown-member")]
    [InlineData("<?secret?><P/>", " unknown-member")]
    [InlineData("<?xml version='1.0' encoding='GBK'?><P/>", " encoding")]
    [InlineData("<!DOCTYPE P><P/>", " syntax")]
    [InlineData("<P>&x;</P>", " syntax")]
    [InlineData("<P/><P/>", " syntax")]
    [InlineData("", " syntax")]
    [InlineData("\uFEFF<P/>", " encoding")]
    public void Any_other_package_is_refused_with_its_place(string body, string fault) =>
        Assert.Equal([fault], Faults(WireFormat.SoapPackage, body));

    [Theory]
    [InlineData("entname", "张\n三")]
    [InlineData("list", null)]
    [InlineData("who/name", "1.50")]
    [InlineData("who/ids", null)]
    [InlineData("who", null)]
    [InlineData("nothing/there", null)]
    public void The_one_value_at_a_path_is_told(string path, string? expected)
    {
        var body = Encoding.UTF8.GetBytes(
            """{"entname":"\u5f20\n三","list":[1,2],"who":[{"name":1.50},{"ids":null}]}"""
        );
        Assert.True(RequestFields.Read(body, WireFormat.Json, s_json).Succeeded(out var fields, out _));
        Assert.Equal(expected, fields.ValueAt(path));
        Assert.DoesNotContain("三", fields.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P/R/XM", "张三<")]
    [InlineData("P/R/@no", "7")]
    [InlineData("P/H", null)]
    [InlineData("P", null)]
    public void The_one_text_at_a_path_of_a_package_is_told(string path, string? expected)
    {
        var body = Encoding.UTF8.GetBytes("<P><R no='7'><XM>张三<![CDATA[<]]></XM></R><H>1</H><H/></P>");
        Assert.True(RequestFields.Read(body, WireFormat.Xml, s_xml).Succeeded(out var fields, out _));
        Assert.Equal(expected, fields.ValueAt(path));
    }

    private static IEnumerable<string> Faults(WireFormat format, string body)
    {
        var tree = format == WireFormat.Json ? s_json : s_xml;
        return RequestFields.Read(Encoding.UTF8.GetBytes(body), format, tree).Succeeded(out _, out var refusal)
            ? []
            : refusal.Errors!.Select(fault => $"{fault.Pointer} {fault.Code}");
    }
}
