using System.Globalization;
using System.Text;
using System.Xml;
using Integration.Adapters.Http.Wire;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>Writes the XML package of a question: head in the agreed order, one record.</summary>
internal sealed class PopulationPackageWriter(IOptions<PopulationOptions> options, TimeProvider time)
{
    private static readonly XmlWriterSettings s_settings = new() { OmitXmlDeclaration = true };

    private readonly PopulationRequester _requester = options.Value.Requester;
    private readonly string _officerIdNumber = options.Value.RevealOfficerIdNumber();

    /// <summary>The package of one question.</summary>
    /// <param name="operation">What is asked.</param>
    /// <param name="record">Fields of the one record.</param>
    /// <param name="requestId">Our number of the question.</param>
    public string Write(PopulationOperation operation, IReadOnlyList<PackageField> record, string requestId)
    {
        var package = new StringBuilder(1024);
        using (var xml = XmlWriter.Create(package, s_settings))
        {
            xml.WriteStartElement("PACKAGE");
            WriteHead(xml, operation, requestId);
            xml.WriteStartElement("DATA");
            xml.WriteStartElement("RECORD");
            xml.WriteAttributeString("no", "1");
            foreach (var field in record)
            {
                xml.WriteElementString(field.Name, field.Value);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return package.ToString();
    }

    private void WriteHead(XmlWriter xml, PopulationOperation operation, string requestId)
    {
        var sentAt = time.GetUtcNow().ToOffset(WireDate.ChinaOffset);
        xml.WriteStartElement("PACKAGEHEAD");
        xml.WriteElementString("FWQQBH", requestId);
        xml.WriteElementString("QQBWDM", operation.Code);
        xml.WriteElementString("QQBWMC", operation.Name);
        xml.WriteElementString("SJLYXTDM", _requester.SourceSystemCode);
        xml.WriteElementString("SJLYXTMC", _requester.SourceSystemName);
        xml.WriteElementString("JLS", "1");
        xml.WriteElementString("FSSJ", sentAt.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
        xml.WriteElementString("QQRGMSFHM", _officerIdNumber);
        xml.WriteElementString("QQRXM", _requester.OfficerName);
        xml.WriteElementString("QQRDWDM", _requester.UnitCode);
        xml.WriteElementString("QQRDWMC", _requester.UnitName);
        xml.WriteElementString("QQYWLXDM", _requester.BusinessCode);
        xml.WriteElementString("QQYWLXMC", _requester.BusinessName);
        xml.WriteElementString("QQYWXTDM", _requester.BusinessSystemCode);
        xml.WriteElementString("QQYWXTMC", _requester.BusinessSystemName);
        xml.WriteEndElement();
    }
}
