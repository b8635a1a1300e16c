using System.IO.Pipelines;
using System.Xml;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>Reads one XML document to its end and writes what is granted of it.</summary>
internal sealed class XmlPass(
    BoundedText text,
    PipeWriter output,
    FieldTree granted,
    FilterLimits limits,
    AnswerWatch watch
) : IDisposable
{
    private readonly BoundedNames _names = new();
    private readonly XmlSink _sink = new(output);
    private XmlReader? _reader;
    private XmlWalk? _walk;

    /// <summary>Whether the root was closed.</summary>
    public bool Ended => _walk is { Ended: true };

    /// <summary>
    /// A reader for XML from agencies: no document type, nothing fetched, and nothing held that the text and the names do
    /// not bound. Comments and instructions are nodes: told to ignore them, the asynchronous reader calls itself for each,
    /// and many of them would end the process by its stack.
    /// </summary>
    public static XmlReader Reader(BoundedText text, BoundedNames names) =>
        XmlReader.Create(
            text,
            new XmlReaderSettings
            {
                Async = true,
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                CloseInput = false,
                NameTable = names,
            }
        );

    /// <summary>Whether the reader stands on a declaration of another encoding than UTF-8 or a part of it.</summary>
    public static bool DeclaresAnotherEncoding(XmlReader reader) =>
        reader.NodeType == XmlNodeType.XmlDeclaration
        && reader.GetAttribute("encoding")?.ToUpperInvariant() is not (null or "UTF-8" or "UTF8" or "US-ASCII");

    /// <summary>Runs once.</summary>
    /// <param name="encodingCounts">
    /// Whether the encoding that the document declares says something; inside another document it does not.
    /// </param>
    /// <param name="cancellationToken">Ends the flushing; the text knows it for the reading.</param>
    public async ValueTask<FilterFault?> RunAsync(bool encodingCounts, CancellationToken cancellationToken)
    {
        _reader = Reader(text, _names);
        _walk = new XmlWalk(_reader, _sink, granted, limits, watch);
        _sink.Declaration();
        try
        {
            return await ReadAsync(_reader, _walk, encodingCounts, cancellationToken);
        }
        catch (XmlException)
        {
            // The message may quote the answer: only the fact is kept.
            return text.Fault ?? Broken();
        }
    }

    public void Dispose()
    {
        _walk?.Dispose();
        _reader?.Dispose();
    }

    private async ValueTask<FilterFault?> ReadAsync(
        XmlReader reader,
        XmlWalk walk,
        bool encodingCounts,
        CancellationToken cancellationToken
    )
    {
        while (await reader.ReadAsync())
        {
            if (encodingCounts && DeclaresAnotherEncoding(reader))
            {
                return FilterFault.Charset;
            }

            var fault = _names.AreTooMany ? FilterFault.Names : await walk.TakeAsync();
            if ((text.Fault ?? fault) is { } found)
            {
                return found;
            }

            if (_sink.Unflushed >= AnswerFilter.FlushBytes && !await _sink.FlushAsync(cancellationToken))
            {
                return null;
            }
        }

        if (text.Fault is null)
        {
            await _sink.FlushAsync(cancellationToken);
        }

        return text.Fault;
    }

    private FilterFault Broken() =>
        !text.HasContent ? FilterFault.Nothing
        : Ended ? FilterFault.TrailingData
        : FilterFault.Xml;
}
