using System.Security;
using System.Text;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Tests.Sharing.Filtering;

public class SoapFilterTests
{
    private const string Declared = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";
    private const string Open = "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">";
    private const string Close = "</soap:Envelope>";
    private const string Package =
        "<PACKAGE><DATA><RECORD no=\"1\"><XM>张三&amp;</XM><GMSFHM>4210</GMSFHM></RECORD></DATA></PACKAGE>";
    private const string Kept =
        Declared + "<PACKAGE><DATA><RECORD no=\"1\"><XM>张三&amp;</XM></RECORD></DATA></PACKAGE>";

    private static readonly string[] s_granted = ["PACKAGE/DATA/RECORD/XM", "PACKAGE/DATA/RECORD/@no"];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Of_the_package_only_granted_fields_leave(int piece)
    {
        var answer = Encoding.UTF8.GetBytes(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + Answer(Escaped("<?xml version=\"1.0\" encoding=\"GBK\"?>" + Package))
        );
        Assert.Equal(
            Kept,
            Filtered.Of(WireFormat.SoapPackage, answer, FieldTree.Parse(s_granted, false), null, piece).Body()
        );
    }

    [Fact]
    public void The_package_may_stand_in_a_CDATA_section_and_after_white_space() =>
        Assert.Equal(Kept, Filtered.Soap(Answer($"\n <![CDATA[\n {Package} ]]>\n"), s_granted).Body());

    [Fact]
    public void The_envelope_may_have_a_header() =>
        Assert.Equal(
            Kept,
            Filtered
                .Soap(
                    $"{Open}<soap:Header><h><x>1</x></h></soap:Header>{Body(Response(Escaped(Package)))}{Close}",
                    s_granted
                )
                .Body()
        );

    [Fact]
    public void A_fault_says_that_the_agency_said_no() =>
        Assert.Equal(
            FilterFault.SoapFault,
            Filtered
                .Soap(
                    Open
                        + Body("<soap:Fault><faultcode>E</faultcode><faultstring>张三</faultstring></soap:Fault>")
                        + Close,
                    s_granted
                )
                .Fault
        );

    [Fact]
    public void Another_envelope_is_refused()
    {
        var good = Answer(Escaped(Package));
        Assert.Null(Filtered.Soap(good, s_granted).Fault);
        foreach (
            var (from, to) in ((string, string)[])
                [
                    ("schemas.xmlsoap.org", "example.org"),
                    ("webservice.tongtech.com", "example.org"),
                    ("soap:Envelope", "soap:Letter"),
                    ("soap:Body", "soap:Content"),
                    ("queryResponse", "query"),
                    ("w:out", "w:result"),
                    ("<w:out>", "<w:first/><w:out>"),
                    ("</w:out>", "</w:out><w:out>x</w:out>"),
                    ("</w:queryResponse>", "</w:queryResponse><more/>"),
                    ("<soap:Body>", "<soap:Body>loose"),
                ]
        )
        {
            Assert.Equal(
                "soap",
                Filtered.Soap(good.Replace(from, to, StringComparison.Ordinal), s_granted).Fault?.Code
            );
        }
    }

    [Theory]
    [InlineData(Open + Close)]
    [InlineData(Open + "<soap:Body/>" + Close)]
    [InlineData("<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"/>")]
    [InlineData("<PACKAGE/>")]
    public void An_envelope_without_a_package_is_refused(string answer) =>
        Assert.Equal("soap", Filtered.Soap(answer, s_granted).Fault?.Code);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("plain", "xml")]
    [InlineData("&lt;OTHER/&gt;", "root")]
    [InlineData("&lt;PACKAGE&gt;", "xml")]
    [InlineData("&lt;PACKAGE/&gt;&lt;PACKAGE/&gt;", "trailing")]
    [InlineData("&lt;!DOCTYPE P []&gt;&lt;PACKAGE/&gt;", "dtd")]
    [InlineData("&lt;PACKAGE&gt;&amp;undeclared;&lt;/PACKAGE&gt;", "xml")]
    [InlineData("<PACKAGE/>", "soap")]
    [InlineData("&lt;PACKAGE/&gt;<x/>", "soap")]
    public void What_is_no_package_inside_is_refused(string packed, string code) =>
        Assert.Equal(code, Filtered.Soap(Answer(packed), s_granted).Fault?.Code);

    [Fact]
    public void What_follows_the_envelope_is_refused()
    {
        Assert.Equal(FilterFault.TrailingData, Filtered.Soap(Answer(Escaped(Package)) + "<x/>", s_granted).Fault);
        Assert.Equal(FilterFault.Nothing, Filtered.Soap(" ", s_granted).Fault);
    }

    [Fact]
    public void No_cut_of_an_answer_passes()
    {
        var answer = Encoding.UTF8.GetBytes(Answer(Escaped(Package)));
        var tree = FieldTree.Parse(s_granted, ignoreCase: false);
        for (var length = 0; length < answer.Length; length++)
        {
            Assert.NotNull(Filtered.Of(WireFormat.SoapPackage, answer[..length], tree).Fault);
        }
    }

    private static string Answer(string packed) => Open + Body(Response(packed)) + Close;

    private static string Body(string content) => $"<soap:Body>{content}</soap:Body>";

    private static string Response(string packed) =>
        $"<w:queryResponse xmlns:w=\"http://webservice.tongtech.com/\"><w:out>{packed}</w:out></w:queryResponse>";

    private static string Escaped(string xml) => SecurityElement.Escape(xml);
}
