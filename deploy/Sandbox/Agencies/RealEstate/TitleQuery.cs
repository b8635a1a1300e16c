using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Integration.Sandbox.Door;
using Microsoft.AspNetCore.WebUtilities;

namespace Integration.Sandbox.Agencies.RealEstate;

/// <summary>What stands in <c>gxData</c>.</summary>
internal sealed record TitleQuery(string Token, string RequestNumber, IReadOnlyList<TitleCondition> Conditions)
{
    private const string RequestType = "BDCQZCX";
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>Reads the form; null with what is wrong with it.</summary>
    public static TitleQuery? Read(AgencyCall call, string user, out string fault)
    {
        using var document = GxData(call);
        if (
            document?.RootElement.Object("head") is not { } head
            || document.RootElement.Object("data") is not { } data
            || !data.TryGetProperty("cxywcs", out var conditions)
            || conditions.ValueKind != JsonValueKind.Array
        )
        {
            fault = "gxData缺失或结构有误";
            return null;
        }

        call.Correlation = head.Text("cxqqdh");
        fault = FaultIn(head, user, call.Now) ?? string.Empty;
        var asked = conditions.EnumerateArray().Select(TitleCondition.Read).ToList();
        if (fault.Length == 0 && (asked.Count == 0 || asked.Contains(null)))
        {
            fault = "查询条件有误：权利人及不动产权证号或不动产单元号必填";
        }

        return fault.Length == 0
            ? new(head.Text("token")!, call.Correlation!, [.. asked.OfType<TitleCondition>()])
            : null;
    }

    private static JsonDocument? GxData(AgencyCall call)
    {
        using var form = new FormReader(Encoding.UTF8.GetString(call.Body.Span));
        return
            form.ReadForm() is { Count: 1 } fields && fields.TryGetValue("gxData", out var value) && value is [{ } text]
            ? AgencyCall.Json(Encoding.UTF8.GetBytes(text))
            : null;
    }

    private static string? FaultIn(JsonElement head, string user, DateTimeOffset now)
    {
        foreach (var field in (string[])["token", "xzqdm", "deptName", "userName", "ip", "businessNumber", "cxqqdh"])
        {
            if (head.Text(field) is null)
            {
                return $"head缺少{field}";
            }
        }

        return head switch
        {
            _ when head.Text("requestType") != RequestType => "requestType有误",
            _ when head.Text("userName") != user => "userName有误",
            _ when !IPAddress.TryParse(head.Text("ip"), out _) => "ip有误",
            _ => FaultInNumber(head.Text("cxqqdh")!, head.Text("xzqdm")!, now),
        };
    }

    /// <summary>yyyyMMdd of today in China, division, six digits.</summary>
    private static string? FaultInNumber(string number, string division, DateTimeOffset now)
    {
        if (division.Length != 6 || number.Length != 20 || !number.All(char.IsAsciiDigit))
        {
            return "xzqdm或cxqqdh有误";
        }

        var today = now.ToOffset(ChinaOffset).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return number.StartsWith(today + division, StringComparison.Ordinal) ? null : "cxqqdh的日期或行政区与请求不符";
    }
}

/// <summary>One title asked for. Empty texts are what is not known.</summary>
internal sealed record TitleCondition(string Certificate, string Unit)
{
    /// <summary>Null when a member is missing, the holder's name is empty or no number is given.</summary>
    public static TitleCondition? Read(JsonElement condition) =>
        condition.ValueKind == JsonValueKind.Object
        && condition.Text("QLRMC") is not null
        && condition.OptionalText("QLRZJH") is not null
        && condition.OptionalText("BDCQZH") is { } certificate
        && condition.OptionalText("BDCDYH") is { } unit
        && certificate.Length + unit.Length > 0
            ? new(certificate, unit)
            : null;
}
