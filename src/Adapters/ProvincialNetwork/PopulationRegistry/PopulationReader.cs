using System.Xml.Linq;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>
/// Reads an answer down to its records: SOAP fault or response, escaped package, code, and whether it is the answer to
/// this request and about this person.
/// </summary>
internal sealed class PopulationReader(IOptions<PopulationOptions> options, ExchangeRefusal refusal)
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

    /// <summary>What the identity check says: whether the number exists, bears the name, and is alive.</summary>
    public static Reading<IdentityFacts> Identity(IReadOnlyList<XElement> records)
    {
        if (records is not [var record])
        {
            return WireFailure.Field("RECORD");
        }

        return (Flag(record, "GMSFHM_PPDDM"), Flag(record, "XM_PPDDM"), IsAlive(record)) switch
        {
            (null, _, _) => WireFailure.Field("GMSFHM_PPDDM"),
            (false, _, _) => new Reading<IdentityFacts>.Unknown(),
            (_, null, _) => WireFailure.Field("XM_PPDDM"),
            (_, _, null) => WireFailure.Field("SWBS"),
            (_, { } nameMatches, { } isAlive) => new IdentityFacts(nameMatches, isAlive),
        };
    }

    /// <summary>What the basic data say: registered and former name, mark of death.</summary>
    public static Reading<HouseholdFacts> Household(IReadOnlyList<XElement> records)
    {
        if (records is not [var record])
        {
            return new Reading<HouseholdFacts>.Unknown();
        }

        var name = PartyName.Parse(Text(record, "XM"));
        var formerText = Text(record, "CYM");
        var former = PartyName.Parse(formerText);
        return (name.IsValid, former.IsValid || formerText is null, IsAlive(record)) switch
        {
            (false, _, _) => WireFailure.Field("XM"),
            (_, false, _) => WireFailure.Field("CYM"),
            (_, _, null) => WireFailure.Field("SWBS"),
            (_, _, { } isAlive) => new HouseholdFacts(name.Value, formerText is null ? null : former.Value, isAlive),
        };
    }

    /// <summary>The text of a record's field; null for what registries write instead of nothing.</summary>
    private static string? Text(XElement record, string field) => WireText.Clean(record.Element(field)?.Value);

    private WireRead<XElement> PackageIn(XElement envelope)
    {
        var body = envelope.Name == XName.Get("Envelope", Soap) ? envelope.Element(XName.Get("Body", Soap)) : null;
        if (body?.Elements().FirstOrDefault() is not { } content)
        {
            return WireFailure.Structure("Body");
        }

        if (content.Name == XName.Get("Fault", Soap))
        {
            return refusal.FromFault(content);
        }

        return content.Elements().FirstOrDefault(element => element.Name.LocalName == "out") is { } packed
            ? WireXml.ReadEmbedded(packed.Value)
            : WireFailure.Structure("out");
    }

    private WireRead<IReadOnlyList<XElement>> RecordsIn(XElement package, IdentityQuestion question, string requestId)
    {
        if (package.Name != "PACKAGE" || package.Element("PACKAGEHEAD") is not { } head)
        {
            return WireFailure.Structure("PACKAGEHEAD");
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

    private static bool? Flag(XElement record, string field) =>
        Text(record, field) switch
        {
            "1" => true,
            "0" => false,
            _ => null,
        };

    /// <summary>Mark of death: "0" or nothing: not marked deceased; "1": deceased; anything else is not agreed, so null.</summary>
    private static bool? IsAlive(XElement record) =>
        Text(record, "SWBS") switch
        {
            null or "0" => true,
            "1" => false,
            _ => null,
        };
}
