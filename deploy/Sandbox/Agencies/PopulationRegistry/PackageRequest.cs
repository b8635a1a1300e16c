using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Integration.Sandbox.Agencies.Exchange;

namespace Integration.Sandbox.Agencies.PopulationRegistry;

/// <summary>The XML package in <c>in0</c>: one question about one person.</summary>
internal sealed record PackageRequest(string RequestNumber, string IdNumber, string Name)
{
    private static readonly string[] HeadFields =
    [
        "FWQQBH",
        "QQBWDM",
        "QQBWMC",
        "SJLYXTDM",
        "SJLYXTMC",
        "JLS",
        "FSSJ",
        "QQRGMSFHM",
        "QQRXM",
        "QQRDWDM",
        "QQRDWMC",
        "QQYWLXDM",
        "QQYWLXMC",
        "QQYWXTDM",
        "QQYWXTMC",
    ];

    /// <summary>Reads the package; null with what is wrong with it.</summary>
    public static PackageRequest? Read(string package, out string? fault)
    {
        var root = SoapEnvelope.Xml(new MemoryStream(Encoding.UTF8.GetBytes(package)));
        var head = root?.Name == "PACKAGE" ? root.Element("PACKAGEHEAD") : null;
        var records = root?.Element("DATA")?.Elements("RECORD").ToList();
        if (head is null || records is not [var record])
        {
            fault = "报文结构有误";
            return null;
        }

        fault = FaultIn(head) ?? FaultIn(record, record.Attribute("no")?.Value);
        return fault is null
            ? new(head.Element("FWQQBH")!.Value, record.Element("GMSFHM")!.Value, record.Element("XM")!.Value)
            : null;
    }

    private static string? FaultIn(XElement head)
    {
        foreach (var field in HeadFields)
        {
            if (string.IsNullOrEmpty(head.Element(field)?.Value))
            {
                return $"报文头缺少{field}";
            }
        }

        if (head.Element("JLS")!.Value != "1")
        {
            return "记录数与记录不符";
        }

        return DateTime.TryParseExact(
            head.Element("FSSJ")!.Value,
            "yyyyMMddHHmmss",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _
        )
            ? null
            : "发送时间有误";
    }

    private static string? FaultIn(XElement record, string? number)
    {
        if (string.IsNullOrEmpty(number))
        {
            return "记录缺少序号";
        }

        return record.Element("GMSFHM")?.Value.Length == 18 && !string.IsNullOrEmpty(record.Element("XM")?.Value)
            ? null
            : "公民身份号码或姓名有误";
    }
}
