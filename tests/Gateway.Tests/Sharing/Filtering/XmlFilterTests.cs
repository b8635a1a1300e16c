using System.Text;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Tests.Sharing.Filtering;

public class XmlFilterTests
{
    private const string Declared = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

    [Theory]
    [InlineData("<P><D><N>张三</N><I>4210</I></D><H>x</H></P>", "<P><D><N>张三</N></D></P>")]
    [InlineData(
        "<?xml version='1.0' encoding='UTF-8'?>\n<P>\n <D>\n  <N> a </N>\n </D>\n</P>\n",
        "<P><D><N> a </N></D></P>"
    )]
    [InlineData("<P><D><N>1</N></D><D/><D><X/></D></P>", "<P><D><N>1</N></D><D></D><D></D></P>")]
    [InlineData("<P><D>loose<N/>text</D></P>", "<P><D><N></N></D></P>")]
    [InlineData("<P><D><N>1<X>2</X>3</N></D></P>", "<P><D></D></P>")]
    [InlineData("<P><D><N><X/></N><N>4</N></D></P>", "<P><D><N>4</N></D></P>")]
    [InlineData("<P><X><D><N>1</N></D></X><D/></P>", "<P><D></D></P>")]
    [InlineData(
        "<P a='1' xmlns='urn:x' xmlns:p='urn:p'><p:D p:b='2'><N c='3'>1</N></p:D></P>",
        "<P><D><N>1</N></D></P>"
    )]
    [InlineData("<P><D><!--c--><?pi x?><N>1<!--secret-->2<?pi y?>3</N></D></P>", "<P><D><N>123</N></D></P>")]
    [InlineData(
        "<P><D><N><![CDATA[<&]]>&lt;&amp;&gt;&#13;&#x4e2d;\r\n</N></D></P>",
        "<P><D><N>&lt;&amp;&lt;&amp;&gt;&#13;中\n</N></D></P>"
    )]
    public void Only_granted_elements_leave(string answer, string expected) =>
        Assert.Equal(Declared + expected, Filtered.Xml(answer, "P/D/N").Body());

    [Theory]
    [InlineData("<P><R no='1' x='2'><N>3</N></R></P>", "<P><R no=\"1\"></R></P>")]
    [InlineData("<P xmlns:n='urn:n'><R n:no='1'/></P>", "<P><R></R></P>")]
    [InlineData("<P><R no='&lt;&quot;&#9;&#10;&amp;'/></P>", "<P><R no=\"&lt;&quot;&#9;&#10;&amp;\"></R></P>")]
    public void Only_granted_attributes_leave(string answer, string expected) =>
        Assert.Equal(Declared + expected, Filtered.Xml(answer, "P/R/@no").Body());

    [Fact]
    public void An_element_may_be_granted_and_go_on() =>
        Assert.Equal(
            Declared + "<P><R no=\"1\">text<N>2</N> more</R></P>",
            Filtered.Xml("<P><R no='1'>text<N>2</N><X>3</X> more</R></P>", "P/R", "P/R/@no", "P/R/N").Body()
        );

    [Fact]
    public void Case_counts_unless_the_tree_says_otherwise()
    {
        var answer = Encoding.UTF8.GetBytes("<P><n>1</n></P>");
        Assert.Equal(Declared + "<P></P>", Filtered.Of(WireFormat.Xml, answer, FieldTree.Parse(["P/N"], false)).Body());
        Assert.Equal(
            Declared + "<P><n>1</n></P>",
            Filtered.Of(WireFormat.Xml, answer, FieldTree.Parse(["p/N"], ignoreCase: true)).Body()
        );
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n ", "empty")]
    [InlineData("not xml", "xml")]
    [InlineData("<html><body>502</body></html>", "root")]
    [InlineData("<!DOCTYPE html><html/>", "dtd")]
    [InlineData("<!DOCTYPE P [<!ENTITY a 'b'><!ENTITY c '&a;&a;&a;'>]><P>&c;</P>", "dtd")]
    [InlineData("<!DOCTYPE P [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><P>&x;</P>", "dtd")]
    [InlineData("<!DOCTYPE P SYSTEM 'http://127.0.0.1/x.dtd'><P/>", "dtd")]
    [InlineData("<P>&undeclared;</P>", "xml")]
    [InlineData("<P><D></P>", "xml")]
    [InlineData("<P><X a='1' a='2'/></P>", "xml")]
    [InlineData("<P><X><n:y/></X></P>", "xml")]
    [InlineData("<P>\u0001</P>", "xml")]
    [InlineData("<P>&#0;</P>", "xml")]
    [InlineData("<P/><P/>", "trailing")]
    [InlineData("<P/>text", "trailing")]
    [InlineData(" <?xml version='1.0'?><P/>", "xml")]
    [InlineData("<?xml version='1.0' encoding='GBK'?><P/>", "charset")]
    [InlineData("<?xml version='1.0' encoding='iso-8859-1'?><P/>", "charset")]
    public void Anything_else_is_refused(string answer, string code) =>
        Assert.Equal(code, Filtered.Xml(answer, "P/N").Fault?.Code);

    [Theory]
    [InlineData(32, null)]
    [InlineData(33, "depth")]
    public void Nesting_is_bounded_also_where_it_is_dropped(int depth, string? code)
    {
        var open = string.Concat(Enumerable.Repeat("<x>", depth - 1));
        Assert.Equal(
            code,
            Filtered.Xml($"<P>{open}{open.Replace("<", "</", StringComparison.Ordinal)}</P>", "P/N").Fault?.Code
        );
    }

    [Theory]
    [InlineData("<P><N>{0}</N></P>")]
    [InlineData("<P><X y='{0}'/></P>")]
    [InlineData("<P><{0}/></P>")]
    [InlineData("<P><!--{0}--></P>")]
    [InlineData("<P><?{0} ?></P>")]
    public void Tokens_are_bounded(string form)
    {
        var limits = new FilterLimits { MaxTokenBytes = 1000 };
        foreach (var (length, code) in ((int, string?)[])[(990, null), (1001, "token"), (100_000, "token")])
        {
            var answer = Encoding.UTF8.GetBytes(form.Replace("{0}", new string('a', length), StringComparison.Ordinal));
            Assert.Equal(
                code,
                Filtered.Of(WireFormat.Xml, answer, FieldTree.Parse(["P/N"], false), limits).Fault?.Code
            );
        }
    }

    [Fact]
    public void So_many_names_that_they_fill_the_memory_are_refused()
    {
        static string Many(int count) =>
            $"<P>{string.Concat(Enumerable.Range(0, count).Select(i => $"<name{i:D6}/>"))}</P>";

        Assert.Null(Filtered.Xml(Many(20_000), "P/N").Fault);
        Assert.Equal(FilterFault.Names, Filtered.Xml(Many(40_000), "P/N").Fault);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void What_is_not_UTF8_is_refused_also_where_it_is_dropped(int piece)
    {
        foreach (var form in (string[])["<P><N>|</N></P>", "<P><X>|</X></P>", "<P/><!--|-->", "<P/>|"])
        {
            var parts = form.Split('|');
            foreach (
                var bytes in (byte[][])
                    [
                        [0x80],
                        [0xC3],
                        [0xC0, 0xAF],
                        [0xED, 0xA0, 0x80],
                    ]
            )
            {
                byte[] answer = [.. Encoding.UTF8.GetBytes(parts[0]), .. bytes, .. Encoding.UTF8.GetBytes(parts[1])];
                Assert.Equal(
                    FilterFault.Charset,
                    Filtered.Of(WireFormat.Xml, answer, FieldTree.Parse(["P/N"], false), null, piece).Fault
                );
            }
        }
    }

    [Fact]
    public void One_byte_order_mark_is_skipped_and_another_encoding_is_not_guessed()
    {
        var tree = FieldTree.Parse(["P/N"], ignoreCase: false);
        Assert.Equal(Declared + "<P></P>", Filtered.Of(WireFormat.Xml, [0xEF, 0xBB, 0xBF, .. "<P/>"u8], tree).Body());
        Assert.NotNull(
            Filtered
                .Of(
                    WireFormat.Xml,
                    Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("<P/>")).ToArray(),
                    tree
                )
                .Fault
        );
        Assert.NotNull(Filtered.Of(WireFormat.Xml, Encoding.Unicode.GetBytes("<P/>"), tree).Fault);
    }
}
