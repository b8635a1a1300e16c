using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Integration.Adapters.Http.Wire;

/// <summary>
/// Reads an XML answer, hardened: strict UTF-8, no document type (so no entities of its own, no external ones), nothing
/// fetched, bounded depth.
/// </summary>
internal static class WireXml
{
    /// <summary>The deepest nesting any answer has, with room to spare.</summary>
    public const int MaxDepth = 32;

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The root element, or a failure at <c>Parse</c>.</summary>
    /// <param name="body">The body as received, decompressed.</param>
    /// <param name="charset">The charset of the Content-Type header; null when it names none.</param>
    public static WireRead<XElement> Read(ReadOnlyMemory<byte> body, string? charset)
    {
        if (!WireText.Utf8(body, charset).Succeeded(out var utf8, out var failure))
        {
            return failure;
        }

        if (WireText.LooksLikeHtml(utf8.Span))
        {
            return WireFailure.Html;
        }

        return Read(Encoding.UTF8.GetString(utf8.Span), declaredEncodingCounts: true);
    }

    /// <summary>
    /// The root element of XML that came as a text inside another document. The encoding it declares is the sender's
    /// habit and says nothing: it is characters already.
    /// </summary>
    public static WireRead<XElement> ReadEmbedded(string? text) =>
        string.IsNullOrWhiteSpace(text) ? WireFailure.Empty : Read(text.TrimStart(), declaredEncodingCounts: false);

    private static WireRead<XElement> Read(string text, bool declaredEncodingCounts)
    {
        try
        {
            // A cheap first pass: depth and declaration are known before anything is built from the text.
            if (Refusal(text, declaredEncodingCounts) is { } refusal)
            {
                return refusal;
            }

            using var reader = XmlReader.Create(new StringReader(text), s_settings);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            // The message may quote the answer: only the fact is kept.
            return text.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) ? WireFailure.Dtd : WireFailure.Xml;
        }
    }

    private static Ports.AgencyFailure? Refusal(string text, bool declaredEncodingCounts)
    {
        using var reader = XmlReader.Create(new StringReader(text), s_settings);
        while (reader.Read())
        {
            if (reader.Depth >= MaxDepth)
            {
                return WireFailure.Depth;
            }

            if (
                declaredEncodingCounts
                && reader.NodeType == XmlNodeType.XmlDeclaration
                && !WireText.IsUtf8Label(reader.GetAttribute("encoding"))
            )
            {
                return WireFailure.Charset;
            }
        }

        return null;
    }
}
