using System.IO.Pipelines;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>Filters an XML answer. Local names leave as sent; namespaces, comments and instructions do not.</summary>
internal sealed class XmlAnswerFilter : AnswerFilter
{
    /// <summary>Of what is written for XML.</summary>
    public const string Type = "application/xml; charset=utf-8";

    public override string ContentType => Type;

    public override async ValueTask<FilterFault?> RunAsync(
        Stream answer,
        PipeWriter output,
        FieldTree granted,
        FilterLimits limits,
        AnswerWatch watch,
        CancellationToken cancellationToken
    )
    {
        using var text = new Utf8Text(answer, limits, cancellationToken);
        using var pass = new XmlPass(text, output, granted, limits, watch);
        return await pass.RunAsync(encodingCounts: true, cancellationToken);
    }
}
