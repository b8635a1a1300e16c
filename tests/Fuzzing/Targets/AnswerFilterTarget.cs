using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;
using Integration.Testing.Filtering;

namespace Integration.Fuzzing.Targets;

/// <summary>
/// An agency's answer on its way to a caller. However it arrives, the same leaves; and of JSON and XML what leaves is what a slow reader of the
/// whole document would let go.
/// </summary>
internal static class AnswerFilterTarget
{
    private static readonly string[] s_json = ["name", "rows/code", "rows/holder/name"];
    private static readonly string[] s_xml = ["PACKAGE/DATA/RECORD/XM", "PACKAGE/DATA/RECORD/@id", "PACKAGE/DATA/ZT"];
    private static readonly FilterLimits s_limits = new() { MaxTokenBytes = 4096 };

    public static void ReadJson(byte[] input)
    {
        var (fault, text) = Filter(WireFormat.Json, input, s_json);
        var expected = JsonReference.Filter(WithoutMark(input), s_json, ignoreCase: false);
        if (fault is null)
        {
            using var document = JsonDocument.Parse(text);
            if (JsonReference.Canonical(document.RootElement) != expected)
            {
                throw new FuzzFinding("something else leaves than the slow reader lets go");
            }
        }
        else if (expected is not null && fault.Kind != FilterFaultKind.TokenTooLarge)
        {
            throw new FuzzFinding($"{fault.Code} for a document that the slow reader reads");
        }
    }

    public static void ReadXml(byte[] input)
    {
        var (fault, text) = Filter(WireFormat.Xml, input, s_xml);
        if (fault is null && Expected(input) is { } expected)
        {
            if (XmlReference.Canonical(XmlReference.Read(text)) != XmlReference.Canonical(expected))
            {
                throw new FuzzFinding("something else leaves than the slow reader lets go");
            }
        }
    }

    public static void ReadSoap(byte[] input) => Filter(WireFormat.SoapPackage, input, s_xml);

    private static XElement? Expected(byte[] input) =>
        XmlReference.Filter(new UTF8Encoding(false, true).GetString(WithoutMark(input)), s_xml, ignoreCase: false);

    /// <summary>Agencies put a byte order mark in front now and then; it is no part of the document.</summary>
    private static byte[] WithoutMark(byte[] input) => input.AsSpan().StartsWith("\uFEFF"u8) ? input[3..] : input;

    private static (FilterFault? Fault, string Text) Filter(WireFormat format, byte[] input, string[] granted)
    {
        var tree = FieldTree.Parse(granted, ignoreCase: false);
        var whole = Run(format, input, tree, []);
        var pieces = Run(format, input, tree, [1, 2, 3, 5, 8]);
        // Which of several faults is met first may depend on the pieces; whether there is one may not.
        return (whole.Fault is null) == (pieces.Fault is null) && (whole.Fault is not null || whole.Text == pieces.Text)
            ? whole
            : throw new FuzzFinding($"{whole.Fault?.Code} in one piece, {pieces.Fault?.Code} in several");
    }

    private static (FilterFault? Fault, string Text) Run(
        WireFormat format,
        byte[] input,
        FieldTree granted,
        int[] pieces
    )
    {
        var written = new MemoryStream();
        var output = PipeWriter.Create(written, new StreamPipeWriterOptions(leaveOpen: true));
        var run = AnswerFilter
            .For(format)
            .RunAsync(new PiecemealStream(input, pieces), output, granted, s_limits, CancellationToken.None);
        // Everything is in memory: nothing is ever waited for.
        return run.IsCompleted
            ? (run.Result, Encoding.UTF8.GetString(written.ToArray()))
            : throw new FuzzFinding("the filter waits for something");
    }
}
