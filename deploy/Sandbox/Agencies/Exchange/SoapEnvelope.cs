using System.Xml;
using System.Xml.Linq;

namespace Integration.Sandbox.Agencies.Exchange;

/// <summary>A SOAP request as the platform reads it.</summary>
/// <param name="Fields">The four values of <c>tongtechheader</c>; null unless they stand there in order.</param>
/// <param name="Operation">Local name of the operation in the agreed namespace.</param>
/// <param name="Package">Text of <c>in0</c>.</param>
/// <param name="User">Text of <c>in1</c>.</param>
/// <param name="Password">Text of <c>in2</c>, Base64.</param>
internal sealed record SoapEnvelope(
    ExchangeFields? Fields,
    string Operation,
    string Package,
    string User,
    string Password
)
{
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Web = "http://webservice.tongtech.com/";
    private static readonly string[] Arguments = ["in0", "in1", "in2"];

    private static readonly XmlReaderSettings Hardened = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    /// <summary>Null when it is no SOAP 1.1 request of the agreed form.</summary>
    public static SoapEnvelope? Read(ReadOnlyMemory<byte> body)
    {
        var root = Xml(new MemoryStream(body.ToArray()));
        if (root?.Name != Soap + "Envelope")
        {
            return null;
        }

        var call = Only(root.Element(Soap + "Body"));
        if (call is null || call.Name.Namespace != Web)
        {
            return null;
        }

        var arguments = call.Elements().ToList();
        return
            arguments.Select(argument => argument.Name.LocalName).SequenceEqual(Arguments, StringComparer.Ordinal)
            && arguments[0].FirstNode is XCData package
            ? new(HeaderFields(root), call.Name.LocalName, package.Value, arguments[1].Value, arguments[2].Value)
            : null;
    }

    /// <summary>The root element of a document without a DTD; null when it cannot be read.</summary>
    public static XElement? Xml(Stream stream)
    {
        try
        {
            using var reader = XmlReader.Create(stream, Hardened);
            return XDocument.Load(reader).Root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static ExchangeFields? HeaderFields(XElement envelope)
    {
        var element = Only(envelope.Element(Soap + "Header"));
        if (element?.Name != "tongtechheader")
        {
            return null;
        }

        var values = element.Elements().ToList();
        return values.Select(value => value.Name).SequenceEqual(ExchangeFields.Names.Select(XName.Get))
            ? new(values[0].Value, values[1].Value, values[2].Value, values[3].Value)
            : null;
    }

    private static XElement? Only(XElement? parent) => parent?.Elements().Take(2).ToList() is [var only] ? only : null;
}
