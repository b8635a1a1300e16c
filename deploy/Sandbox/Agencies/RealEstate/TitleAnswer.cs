using System.Text.Json;
using Integration.Sandbox.Door;
using Integration.Sandbox.Fixtures;

namespace Integration.Sandbox.Agencies.RealEstate;

/// <summary>The registry's answer: one row for each holder of each title found.</summary>
internal static class TitleAnswer
{
    private const int ResidentIdLength = 18;

    public static Answer Found(TitleQuery query, IReadOnlyList<Title> titles) =>
        Answer.Json(
            titles.Count == 0 ? "unknown" : "answered",
            json =>
            {
                Head(json, "0000", string.Empty, query.RequestNumber);
                json.WriteStartArray("data");
                foreach (var title in titles)
                {
                    foreach (var holder in title.Holders)
                    {
                        Row(json, title, holder);
                    }
                }

                json.WriteEndArray();
            }
        );

    public static Answer Refused(string code, string message, string? requestNumber) =>
        Answer.Json(
            $"refused:{code}",
            json =>
            {
                Head(json, code, message, requestNumber ?? string.Empty);
                json.WriteStartArray("data");
                json.WriteEndArray();
            }
        );

    private static void Head(Utf8JsonWriter json, string code, string message, string requestNumber)
    {
        json.WriteStartObject("head");
        json.WriteString("code", code);
        json.WriteString("msg", message);
        json.WriteString("cxqqdh", requestNumber);
        json.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter json, Title title, Holder holder)
    {
        json.WriteStartObject();
        json.WriteString("QLRMC", holder.Name);
        json.WriteString("ZJZL", IsResident(holder.Code) ? "1" : "7");
        json.WriteString("ZJH", holder.Code);
        json.WriteString("BDCQZH", title.CertificateNumber);
        json.WriteString("BDCDYH", title.UnitNumber);
        json.WriteString("YBDCDYH", title.FormerUnitNumber ?? string.Empty);
        json.WriteString("GYFS", holder.Share);
        json.WriteString("QSZT", title.Status);
        json.WriteString("ZL", title.Location);
        json.WriteNumber("JZMJ", title.AreaSquareMetres);
        json.WriteString("GHYT", title.Use);
        json.WriteString("DJJG", "公安县不动产登记中心");
        json.WriteString("YWH", title.UnitNumber[^8..]);
        List(json, "DYAQ", title.Mortgaged, "DYQR", "示例银行公安支行");
        List(json, "CFDJ", title.Seized, "CFJG", "公安县人民法院");
        List(json, "YGDJ", isFilled: false, "QLR", string.Empty);
        List(json, "YYXX", isFilled: false, "SQR", string.Empty);
        json.WriteEndObject();
    }

    private static void List(Utf8JsonWriter json, string name, bool isFilled, string member, string party)
    {
        json.WriteStartArray(name);
        if (isFilled)
        {
            json.WriteStartObject();
            json.WriteString(member, party);
            json.WriteString("DJSJ", "2024-01-15 09:30:00");
            // The registry writes an open end as the zero of its date type.
            json.WriteString("JSSJ", "1899-12-30 00:00:00");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A resident id starts with a division; a credit code with 9 and has letters among its first 17.</summary>
    private static bool IsResident(string code) =>
        code.Length == ResidentIdLength && code.AsSpan(0, ResidentIdLength - 1).IndexOfAnyExceptInRange('0', '9') < 0;
}
