using System.Collections.Frozen;
using System.Globalization;
using System.Xml.Linq;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;

namespace Integration.Adapters.Utilities.Gas;

/// <summary>
/// The company's words on the wire: names of form fields, and the shape of its answers
/// <c>&lt;response&gt;&lt;rtnCode/&gt;…&lt;/response&gt;</c>.
/// </summary>
internal static class GasWire
{
    /// <summary>Our number of the order (外来单号): the leg's key. Every form and every answer has it.</summary>
    public const string Number = "wldh";

    /// <summary>What the company calls the fields of the form.</summary>
    public static readonly FrozenDictionary<string, string> Fields = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["khmc"] = FormFields.ApplicantName,
        ["zjhm"] = FormFields.ApplicantCode,
        ["frmc"] = FormFields.LegalRepresentative,
        ["jbr"] = FormFields.AgentName,
        ["yqdz"] = FormFields.Address,
        ["dyh"] = FormFields.UnitNumber,
        ["qzh"] = FormFields.CertificateNumber,
        ["khbh"] = FormFields.Account,
        ["yhm"] = FormFields.FormerHolder,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary><c>yyyyMMddHHmmss</c>, China's time.</summary>
    public static string Time(DateTimeOffset at) =>
        at.ToOffset(WireDate.ChinaOffset).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>What the company misses, in the form's words.</summary>
    public static string InFormWords(string item) => Fields.InFormWords(item.Trim()) ?? item;

    /// <summary>Looks into an answer.</summary>
    /// <param name="answer">As received.</param>
    /// <param name="mayBeUnknown">Whether <c>0404</c> is an answer to this question.</param>
    /// <param name="read">Makes facts of it.</param>
    public static Reading<TFacts> Open<TFacts>(
        XElement answer,
        bool mayBeUnknown,
        Func<XElement, Reading<TFacts>> read
    ) =>
        (answer.Name == "response", Text(answer, "rtnCode")) switch
        {
            (false, _) => WireFailure.Xml,
            (_, null) => WireFailure.Structure("rtnCode"),
            (_, "1001") => CallFailure.Secret("code-1001"),
            (_, "1003") => WireFailure.Credentials("1003"),
            (_, "0404") when mayBeUnknown => new Reading<TFacts>.Unknown(),
            (_, "0000") => read(answer),
            (_, var code) => WireFailure.Envelope(code),
        };

    public static bool? Flag(XElement part, string name) =>
        Text(part, name) switch
        {
            "Y" => true,
            "N" => false,
            _ => null,
        };

    /// <summary>The one child of this name; null when there is none, or several.</summary>
    public static XElement? Part(XElement parent, string name) =>
        parent.Elements(name).Take(2).ToList() is [var only] ? only : null;

    public static string? Text(XElement parent, string name) =>
        Part(parent, name) is { HasElements: false } only ? WireText.Clean(only.Value) : null;
}
