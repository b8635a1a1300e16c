using System.IO.Pipelines;
using Integration.Adapters.Ports;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// Hands on of an agency's answer what is granted, while it streams through. One per wire format, without state. What
/// cannot be read to its end by the rules of docs/spec/field-filter.md is refused.
/// </summary>
internal abstract class AnswerFilter
{
    /// <summary>Bytes written after which the output is flushed.</summary>
    public const int FlushBytes = 16 * 1024;

    private static readonly JsonAnswerFilter s_json = new();
    private static readonly XmlAnswerFilter s_xml = new();
    private static readonly SoapAnswerFilter s_soap = new();

    /// <summary>Content-Type of what is written.</summary>
    public abstract string ContentType { get; }

    /// <summary>The filter for answers of that format.</summary>
    public static AnswerFilter For(WireFormat format) =>
        format switch
        {
            WireFormat.Json => s_json,
            WireFormat.Xml => s_xml,
            WireFormat.SoapPackage => s_soap,
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no filter for this format."),
        };

    /// <summary>
    /// Reads an answer to its end and writes what is granted. The output is flushed at least every 16 KiB and once at the
    /// end; it is never completed here, and reading waits for it.
    /// </summary>
    /// <param name="answer">The answer's body, not compressed; left open.</param>
    /// <param name="output">Takes what is granted.</param>
    /// <param name="granted">The fields that may leave.</param>
    /// <param name="limits">Bounds of what is held at once.</param>
    /// <param name="watch">Is told what stands at the watched fields.</param>
    /// <param name="cancellationToken">Ends the reading and writing.</param>
    /// <returns>
    /// Null when all was read and written, or when the reader of the output wants no more. Otherwise the fault, and what was
    /// written until then must not be used.
    /// </returns>
    /// <exception cref="IOException">The connection to the agency broke.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract ValueTask<FilterFault?> RunAsync(
        Stream answer,
        PipeWriter output,
        FieldTree granted,
        FilterLimits limits,
        AnswerWatch watch,
        CancellationToken cancellationToken
    );

    /// <summary>The same with nothing to be looked at.</summary>
    public ValueTask<FilterFault?> RunAsync(
        Stream answer,
        PipeWriter output,
        FieldTree granted,
        FilterLimits limits,
        CancellationToken cancellationToken
    ) => RunAsync(answer, output, granted, limits, AnswerWatch.Nothing, cancellationToken);
}
