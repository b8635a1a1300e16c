using System.IO.Pipelines;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// Filters the XML package that a SOAP answer carries as text; the package alone is written, without its envelope.
/// </summary>
internal sealed class SoapAnswerFilter : AnswerFilter
{
    public override string ContentType => XmlAnswerFilter.Type;

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
        var names = new BoundedNames();
        using var reader = XmlPass.Reader(text, names);
        var envelope = new SoapEnvelopeWalk(reader, text, names, limits);
        if (await envelope.ToPackageAsync() is { } outside)
        {
            return outside;
        }

        using var package = new PackageText(reader, limits);
        using var pass = new XmlPass(package, output, granted, limits, watch);
        if (await pass.RunAsync(encodingCounts: false, cancellationToken) is { } inside)
        {
            return text.Fault ?? inside;
        }

        // Not ended and no fault: the reader of the output wants no more.
        return pass.Ended ? await envelope.ToEndAsync() : null;
    }
}
