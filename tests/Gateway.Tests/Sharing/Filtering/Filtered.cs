using System.IO.Pipelines;
using System.Text;
using Integration.Adapters.Ports;
using Integration.Gateway.Sharing.Filtering;
using Integration.Testing.Filtering;

namespace Integration.Gateway.Tests.Sharing.Filtering;

/// <summary>What became of an answer.</summary>
/// <param name="Fault">Null when all was read.</param>
/// <param name="Text">What was written until then.</param>
internal sealed record Filtered(FilterFault? Fault, string Text)
{
    public static FilterLimits Limits { get; } = new();

    public static Filtered Json(string answer, params string[] granted) => Of(WireFormat.Json, answer, granted);

    public static Filtered Xml(string answer, params string[] granted) => Of(WireFormat.Xml, answer, granted);

    public static Filtered Soap(string answer, params string[] granted) => Of(WireFormat.SoapPackage, answer, granted);

    public static Filtered Of(WireFormat format, string answer, params string[] granted) =>
        Of(format, Encoding.UTF8.GetBytes(answer), FieldTree.Parse(granted, ignoreCase: false));

    /// <summary>Runs the filter over bytes that come in pieces of the given sizes, the last size repeating.</summary>
    public static Filtered Of(
        WireFormat format,
        byte[] answer,
        FieldTree granted,
        FilterLimits? limits = null,
        params int[] pieces
    )
    {
        var written = new MemoryStream();
        var output = PipeWriter.Create(written, new StreamPipeWriterOptions(leaveOpen: true));
        var run = AnswerFilter
            .For(format)
            .RunAsync(new PiecemealStream(answer, pieces), output, granted, limits ?? Limits, CancellationToken.None);
        // Everything is in memory: nothing is ever waited for.
        Assert.True(run.IsCompleted);
        return new Filtered(run.Result, Encoding.UTF8.GetString(written.ToArray()));
    }

    public string Body()
    {
        Assert.Null(Fault);
        return Text;
    }
}
