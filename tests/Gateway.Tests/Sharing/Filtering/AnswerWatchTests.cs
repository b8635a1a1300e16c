using System.IO.Pipelines;
using System.Text;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;
using Integration.Testing.Filtering;

namespace Integration.Gateway.Tests.Sharing.Filtering;

/// <summary>What is looked at while an answer is filtered, in each format and in pieces of any size.</summary>
public sealed class AnswerWatchTests
{
    private const string Person = "421022197001010112";

    /// <summary>Format, answer, whether it is about the person.</summary>
    public static TheoryData<int, string, bool> Answers
    {
        get
        {
            var data = new TheoryData<int, string, bool>();
            (string Records, bool IsBound)[] packages =
            [
                ($"<R no=\"1\"><N>{Person}</N><X>1</X></R>", true),
                ($"<R no=\"1\"><X>1</X><N> {Person.ToLowerInvariant()} </N></R>", true),
                ($"<R no=\"1\"><N>{Person}</N></R><R no=\"1\"><X>1</X><N>421022197001010999</N></R>", false),
                ("<R no=\"1\"><X>1</X></R>", false),
                ("<R no=\"1\"><X>1</X><N/></R>", false),
                ($"<R no=\"1\"><X>1</X><N><M>{Person}</M></N></R>", false),
                ($"<R no=\"1\"><N>{Person}</N><X>1</X><N>421022197001010999</N></R>", false),
                ($"<R no=\"2\"><N>{Person}</N><X>1</X></R>", false),
                ($"<R><N>{Person}</N><X>1</X></R>", false),
                (string.Empty, true),
            ];
            foreach (var (records, isBound) in packages)
            {
                var package = $"<P><H><C>10</C></H><D>{records}</D></P>";
                data.Add((int)WireFormat.Xml, package, isBound);
                data.Add(
                    (int)WireFormat.SoapPackage,
                    $"<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><w:aResponse xmlns:w=\"http://webservice.tongtech.com/\"><out>{System.Security.SecurityElement.Escape(package)}</out></w:aResponse></s:Body></s:Envelope>",
                    isBound
                );
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Each_record_names_its_subject_or_the_answer_is_refused(int format, string answer, bool isBound)
    {
        foreach (var size in (int[])[1, 7, 4096])
        {
            var watch = Watch("1", Person);
            var (fault, text) = await RunAsync((WireFormat)format, answer, watch, size);

            Assert.Equal(isBound ? null : FilterFaultKind.Unbound, fault?.Kind);
            Assert.Equal("10", watch.Code);
            Assert.DoesNotContain("<N>", text, StringComparison.Ordinal); // looked at, not granted
            Assert.DoesNotContain("no=", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_of_a_record_is_safe_before_it_has_named_its_subject()
    {
        var watch = new AnswerWatch([null, new BoundValue("N", BoundKind.Text, "A")]);
        var safe = new List<long?>();
        var left = string.Empty;
        var tree = FieldTree.Parse(["D/X"], ignoreCase: false, [("D/N", 2)]);
        using var pass = new JsonPass(tree, new FilterLimits(), watch);
        var output = PipeWriter.Create(new MemoryStream());
        foreach (var piece in (string[])["{\"D\":[", "{\"X\":1,", "\"N\":\"A\"", ",\"Y\":2}", "]}"])
        {
            left += piece;
            left = left[pass.Take(Encoding.UTF8.GetBytes(left), isLast: false, output, out _)..];
            safe.Add(watch.SafeBytes);
        }

        Assert.Equal(new long?[] { null, 6, null, null, null }, safe);
        Assert.True(watch.HasBound);
        await output.CompleteAsync();
    }

    [Theory]
    [InlineData("creditCode", "91421022MA49T0000B", "91421022ma49t0000b")]
    [InlineData("residentId", "421022197001010112", " 421022197001010112")]
    [InlineData("residentId", "421022700101011", "421022700101011")]
    [InlineData("titleNumber", "鄂（2017）公安县不动产权第0001001号", "鄂(2017)公安县不动产权第0001001号")]
    [InlineData("unitNumber", "421022001001GB00001F00010001", "421022 001001 GB00001 F00010001")]
    [InlineData("name", "张三", " 张 三 ")]
    [InlineData("text", "a-1", "Ａ-１")]
    public void What_is_the_same_in_normal_form_is_the_same(string kind, string asked, string answered)
    {
        var of = Enum.Parse<BoundKind>(kind, ignoreCase: true);
        var bound = new BoundValue("x", of, of.Normalise(asked));
        Assert.True(bound.IsAsked(answered));
        Assert.False(bound.IsAsked(answered + "9"));
        Assert.DoesNotContain(asked, bound.ToString(), StringComparison.Ordinal);
    }

    private static AnswerWatch Watch(string number, string person) =>
        new([
            new BoundValue("no", BoundKind.Text, number),
            new BoundValue("N", BoundKind.ResidentId, BoundKind.ResidentId.Normalise(person)),
        ]);

    private static async Task<(FilterFault? Fault, string Text)> RunAsync(
        WireFormat format,
        string answer,
        AnswerWatch watch,
        int size
    )
    {
        var tree = FieldTree.Parse(
            ["P/D/R/X"],
            ignoreCase: false,
            [("P/H/C", AnswerWatch.CodeIndex), ("P/D/R/@no", 1), ("P/D/R/N", 2)]
        );
        var written = new MemoryStream();
        var output = PipeWriter.Create(written, new StreamPipeWriterOptions(leaveOpen: true));
        var fault = await AnswerFilter
            .For(format)
            .RunAsync(
                new PiecemealStream(Encoding.UTF8.GetBytes(answer), size),
                output,
                tree,
                Filtered.Limits,
                watch,
                CancellationToken.None
            );
        await output.CompleteAsync();
        return (fault, Encoding.UTF8.GetString(written.ToArray()));
    }
}
