using System.Globalization;
using System.Text.Json;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Water;

/// <summary>What the water company answers: an envelope with a code, and what stands in it.</summary>
internal static class WaterAnswers
{
    public static void WriteReceipt(Utf8JsonWriter json, HeldLeg leg, IReadOnlyList<string> missing)
    {
        json.WriteString("qqlsh", leg.Key);
        json.WriteString("slbh", leg.LegId);
        if (leg.Reference.Length > 0)
        {
            json.WriteString("gdh", leg.Reference);
        }
        else
        {
            json.WriteNull("gdh");
        }

        json.WriteString("sfcx", leg.IsWithdrawn ? "1" : "0");
        WriteTexts(json, "qsx", missing);
    }

    public static void WriteProgress(
        Utf8JsonWriter json,
        HeldLeg leg,
        ProviderWords words,
        IEnumerable<HeldStatus> statuses
    )
    {
        json.WriteString("qqlsh", leg.Key);
        json.WriteStartArray("jd");
        foreach (var status in statuses)
        {
            json.WriteStartObject();
            json.WriteString("jdbh", status.Id);
            json.WriteString("zt", status.Code);
            json.WriteString("sj", ChinaTime.Text(status.At));
            json.WriteString("sm", status.Detail ?? string.Empty);
            json.WriteString(
                "zrf",
                status.Who switch
                {
                    "applicant" => "1",
                    "provider" => "2",
                    "authority" => "3",
                    _ => string.Empty,
                }
            );
            WriteTexts(json, "qsx", status.Missing.Select(words.NameOf));
            json.WriteStartArray("fy");
            foreach (var fee in status.Fees)
            {
                json.WriteStartObject();
                json.WriteString("mc", fee.Name);
                json.WriteNumber("je", fee.Amount);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string member, IEnumerable<string> texts)
    {
        json.WriteStartArray(member);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static Answer Found(string outcome, Action<Utf8JsonWriter> write) =>
        Answer.Json(
            outcome,
            json =>
            {
                json.WriteString("code", "0");
                json.WriteString("msg", string.Empty);
                json.WriteStartObject("data");
                write(json);
                json.WriteEndObject();
            }
        );

    public static Answer Unknown() =>
        Answer.Json(
            "unknown",
            json =>
            {
                json.WriteString("code", "0");
                json.WriteString("msg", "无此记录");
                json.WriteNull("data");
            }
        );

    public static Answer Refused(int status, string message) =>
        Answer.Json(
            $"refused:{status}",
            json =>
            {
                json.WriteString("code", status.ToString(CultureInfo.InvariantCulture));
                json.WriteString("msg", message);
                json.WriteNull("data");
            },
            status
        );
}
