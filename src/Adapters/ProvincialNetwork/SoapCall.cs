using System.Text;
using System.Xml;

namespace Integration.Adapters.ProvincialNetwork;

/// <summary>
/// One SOAP 1.1 call. The envelope holds the signature, so it is written anew for each attempt. It travels as a request
/// option (<c>[Property(SoapCall.Option)] SoapCall soap</c> in the Refit interface).
/// </summary>
/// <param name="Operation">Operation in the platform's namespace.</param>
/// <param name="Package">The XML package, goes into <c>in0</c> as CDATA.</param>
/// <param name="User">The registry's user, <c>in1</c>.</param>
/// <param name="Password">That user's password, goes into <c>in2</c> as Base64.</param>
internal sealed record SoapCall(string Operation, string Package, string User, string Password)
{
    public const string Option = "integration.soap-call";

    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Web = "http://webservice.tongtech.com/";

    private static readonly HttpRequestOptionsKey<SoapCall> s_key = new(Option);

    private static readonly XmlWriterSettings s_settings = new() { Encoding = new UTF8Encoding(false) };

    /// <summary>Lets a request that no generated client makes carry the call.</summary>
    public void SetOn(HttpRequestMessage message) => message.Options.Set(s_key, this);

    public static SoapCall? Find(HttpRequestMessage message) =>
        message.Options.TryGetValue(s_key, out var call) ? call : null;

    /// <inheritdoc />
    public override string ToString() => nameof(SoapCall);

    /// <summary>The envelope with the four fields in its un-namespaced header element, in the agreed order.</summary>
    public HttpContent Signed(ExchangeFieldNames names, ExchangeFields fields)
    {
        using var body = new MemoryStream();
        using (var xml = XmlWriter.Create(body, s_settings))
        {
            xml.WriteStartElement("soapenv", "Envelope", Soap);
            xml.WriteAttributeString("xmlns", "web", ns: null, Web);
            xml.WriteStartElement("soapenv", "Header", Soap);
            xml.WriteStartElement("tongtechheader");
            xml.WriteElementString(names.Requester, fields.Requester);
            xml.WriteElementString(names.Service, fields.Service);
            xml.WriteElementString(names.Time, fields.Time);
            xml.WriteElementString(names.Signature, fields.Signature);
            xml.WriteEndElement();
            xml.WriteEndElement();
            WriteBody(xml);
            xml.WriteEndElement();
        }

        var content = new ByteArrayContent(body.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "text/xml;charset=UTF-8");
        return content;
    }

    private void WriteBody(XmlWriter xml)
    {
        xml.WriteStartElement("soapenv", "Body", Soap);
        xml.WriteStartElement("web", Operation, Web);
        xml.WriteStartElement("in0");
        xml.WriteCData(Package);
        xml.WriteEndElement();
        xml.WriteElementString("in1", User);
        xml.WriteElementString("in2", Convert.ToBase64String(Encoding.UTF8.GetBytes(Password)));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
