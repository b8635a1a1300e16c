using System.Xml.Linq;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>
/// Reads an answer down to its records: SOAP fault or response, escaped package, code, and whether it is the answer to
/// this request and about this person.
/// </summary>
internal sealed class PopulationAnswer(IOptions<PopulationOptions> options, ExchangeRefusal refusal)
{
    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";

    private readonly string[] _successCodes = options.Value.SuccessCodes.Split(
        ',',
        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
    );

    private readonly string _notAuthorised = options.Value.NotAuthorisedCode;

    /// <summary>The records about the person asked for; empty when the registry sent none.</summary>
    public WireRead<IReadOnlyList<XElement>> Records(XElement envelope, IdentityQuestion question, string requestId) =>
        PackageIn(envelope).Then(package => RecordsIn(package, question, requestId));

    /// <summary>The text of a record's field; null for what registries write instead of nothing.</summary>
    public static string? Text(XElement record, string field) => WireText.Clean(record.Element(field)?.Value);

    private WireRead<XElement> PackageIn(XElement envelope)
    {
        var body = envelope.Name == XName.Get("Envelope", Soap) ? envelope.Element(XName.Get("Body", Soap)) : null;
        if (body?.Elements().FirstOrDefault() is not { } content)
        {
            return WireFailure.Field("Body");
        }

        if (content.Name == XName.Get("Fault", Soap))
        {
            return refusal.OfFault(content);
        }

        return content.Elements().FirstOrDefault(element => element.Name.LocalName == "out") is { } packed
            ? WireXml.ReadEmbedded(packed.Value)
            : WireFailure.Field("out");
    }

    private WireRead<IReadOnlyList<XElement>> RecordsIn(XElement package, IdentityQuestion question, string requestId)
    {
        if (package.Name != "PACKAGE" || package.Element("PACKAGEHEAD") is not { } head)
        {
            return WireFailure.Field("PACKAGEHEAD");
        }

        var code = Text(head, "FHDM");
        if (!_successCodes.Contains(code, StringComparer.Ordinal))
        {
            return code == _notAuthorised ? WireFailure.Credentials(code) : WireFailure.Envelope(code);
        }

        if (Text(head, "FFQQBH") != requestId)
        {
            return WireFailure.Binding("FFQQBH");
        }

        var records = package.Element("DATA")?.Elements("RECORD").ToList() ?? [];
        return records.TrueForAll(record => IsAbout(record, question)) ? records : WireFailure.Binding("GMSFHM");
    }

    private static bool IsAbout(XElement record, IdentityQuestion question) =>
        string.Equals(Text(record, "GMSFHM"), question.IdNumber.Value, StringComparison.OrdinalIgnoreCase);
}
