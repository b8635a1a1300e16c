using System.Xml;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>
/// The envelope around a package, strictly: <c>Envelope</c>, perhaps a <c>Header</c>, <c>Body</c>, one
/// <c>&lt;operation&gt;Response</c>, in it <c>out</c>, and nothing else (protocols of the exchange platform, SOAP 1.1).
/// </summary>
internal sealed class SoapEnvelopeWalk(XmlReader reader, BoundedText text, BoundedNames names, FilterLimits limits)
{
    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Web = "http://webservice.tongtech.com/";
    private const int HeaderDepth = 1;

    private bool _isInHeader;
    private int _expected;
    private bool _ended;

    /// <summary>Goes to the element whose text is the package.</summary>
    public ValueTask<FilterFault?> ToPackageAsync() => ReadAsync(untilPackage: true);

    /// <summary>Reads what is after the package; nothing but the closing of the envelope may be.</summary>
    public ValueTask<FilterFault?> ToEndAsync() => ReadAsync(untilPackage: false);

    private async ValueTask<FilterFault?> ReadAsync(bool untilPackage)
    {
        try
        {
            while (await reader.ReadAsync())
            {
                if ((text.Fault ?? Judge()) is { } fault)
                {
                    return fault;
                }

                if (untilPackage && _expected > (int)Level.Package)
                {
                    return null;
                }
            }
        }
        catch (XmlException)
        {
            // The message may quote the answer: only the fact is kept.
            return text.Fault ?? Broken();
        }

        return text.Fault ?? (untilPackage ? FilterFault.Soap : null);
    }

    private FilterFault? Judge()
    {
        if (names.AreTooMany)
        {
            return FilterFault.Names;
        }

        switch (reader.NodeType)
        {
            case XmlNodeType.Element when reader.Depth >= limits.MaxDepth:
                return FilterFault.Depth;
            case XmlNodeType.Element:
                return _isInHeader ? null : Element();
            case XmlNodeType.Text or XmlNodeType.CDATA:
                return _isInHeader ? null : FilterFault.Soap;
            case XmlNodeType.EndElement:
                return Close();
            default:
                return XmlPass.DeclaresAnotherEncoding(reader) ? FilterFault.Charset : null;
        }
    }

    private FilterFault? Element()
    {
        var (space, name) = (reader.NamespaceURI, reader.LocalName);
        if (_expected == (int)Level.Body && space == Soap && name == "Header")
        {
            _isInHeader = !reader.IsEmptyElement;
            return null;
        }

        if (_expected == (int)Level.Response && space == Soap && name == "Fault")
        {
            return FilterFault.SoapFault;
        }

        var isExpected = (Level)_expected switch
        {
            Level.Envelope => space == Soap && name == "Envelope",
            Level.Body => space == Soap && name == "Body",
            Level.Response => space == Web && name.EndsWith("Response", StringComparison.Ordinal),
            Level.Package => name == "out",
            _ => false,
        };
        // An element that is empty here holds no package: what should be in it then stands beside it.
        if (!isExpected || reader.Depth != _expected)
        {
            return FilterFault.Soap;
        }

        _expected++;
        return null;
    }

    private FilterFault? Close()
    {
        _ended |= reader.Depth == 0;
        if (_isInHeader)
        {
            _isInHeader = reader.Depth > HeaderDepth;
            return null;
        }

        return _expected > (int)Level.Package ? null : FilterFault.Soap;
    }

    private FilterFault Broken() =>
        !text.HasContent ? FilterFault.Nothing
        : _ended ? FilterFault.TrailingData
        : FilterFault.Xml;

    /// <summary>The elements on the way, by their depth.</summary>
    private enum Level
    {
        Envelope,
        Body,
        Response,
        Package,
    }
}
