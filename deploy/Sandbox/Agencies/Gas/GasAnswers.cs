using System.Globalization;
using System.Text;
using System.Xml;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Gas;

/// <summary>What the gas company answers: one small document with a code and one part.</summary>
internal static class GasAnswers
{
    private static readonly XmlWriterSettings Xml = new() { Encoding = new UTF8Encoding(false) };

    public static Answer Receipt(HeldLeg? leg, string outcome = "answered", IReadOnlyList<string>? missing = null) =>
        leg is null
            ? Unknown()
            : Found(
                "order",
                xml =>
                {
                    xml.WriteElementString("wldh", leg.Key);
                    if (leg.Reference.Length > 0)
                    {
                        xml.WriteElementString("gdh", leg.Reference);
                    }

                    xml.WriteElementString("zt", leg.IsWithdrawn ? "9" : "1");
                    Write(xml, missing ?? []);
                },
                outcome
            );

    public static void Write(XmlWriter xml, HeldStatus step, ProviderWords words)
    {
        xml.WriteStartElement("step");
        xml.WriteElementString("dm", step.Code);
        xml.WriteElementString("sj", ChinaTime.Compact(step.At));
        xml.WriteElementString("sm", step.Detail);
        xml.WriteElementString(
            "zr",
            step.Who switch
            {
                "applicant" => "K",
                "provider" => "Q",
                "authority" => "Z",
                _ => null,
            }
        );
        Write(xml, step.Missing.Select(words.NameOf));
        foreach (var fee in step.Fees)
        {
            xml.WriteStartElement("fy");
            xml.WriteAttributeString("mc", fee.Name);
            xml.WriteAttributeString("je", fee.Amount.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, IEnumerable<string> missing)
    {
        foreach (var item in missing)
        {
            xml.WriteElementString("qs", item);
        }
    }

    public static Answer Found(string part, Action<XmlWriter> write, string outcome = "answered") =>
        Respond(
            outcome,
            "0000",
            "OK",
            xml =>
            {
                xml.WriteStartElement(part);
                write(xml);
                xml.WriteEndElement();
            }
        );

    public static Answer Unknown() => Respond("unknown", "0404", "无此记录", _ => { });

    public static Answer Invalid() => Refused("2001");

    public static Answer Refused(string code, int status = StatusCodes.Status200OK) =>
        Respond($"refused:{code}", code, "请求被拒绝", _ => { }, status);

    private static Answer Respond(
        string outcome,
        string code,
        string message,
        Action<XmlWriter> write,
        int status = StatusCodes.Status200OK
    )
    {
        using var body = new MemoryStream();
        using (var xml = XmlWriter.Create(body, Xml))
        {
            xml.WriteStartElement("response");
            xml.WriteElementString("rtnCode", code);
            xml.WriteElementString("rtnMsg", message);
            write(xml);
            xml.WriteEndElement();
        }

        return new Answer(status, "text/xml;charset=UTF-8", body.ToArray(), outcome);
    }
}
