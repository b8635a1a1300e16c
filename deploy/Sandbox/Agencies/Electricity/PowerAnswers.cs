using System.Text.Json;
using Integration.Sandbox.Agencies.Providers;

namespace Integration.Sandbox.Agencies.Electricity;

/// <summary>Writes what the marketing system says of an order.</summary>
internal static class PowerAnswers
{
    public static void WriteReceipt(Utf8JsonWriter json, HeldLeg leg, IReadOnlyList<string> missing)
    {
        json.WriteString("ddbh", leg.Key);
        json.WriteString("slbh", leg.LegId);
        if (leg.Reference.Length > 0)
        {
            json.WriteString("gdbh", leg.Reference);
        }

        json.WriteString("ddzt", leg.IsWithdrawn ? "CX" : "ZC");
        json.WriteNumber("fjsl", leg.Announced);
        json.WriteNumber("yscfj", leg.Attached);
        json.WriteString("sfqk", leg.AwaitsClearing ? "0" : "1");
        WriteTexts(json, missing);
    }

    public static void WriteStatuses(Utf8JsonWriter json, HeldLeg leg, IEnumerable<HeldStatus> statuses)
    {
        json.WriteString("ddbh", leg.Key);
        json.WriteStartArray("hjlb");
        foreach (var status in statuses)
        {
            json.WriteStartObject();
            json.WriteString("hjbh", status.Id);
            json.WriteString("hjdm", status.Code);
            json.WriteNumber("hjsj", status.At.ToUnixTimeMilliseconds());
            json.WriteString("hjsm", status.Detail);
            json.WriteString(
                "zrzt",
                status.Who switch
                {
                    "applicant" => "YH",
                    "provider" => "GD",
                    "authority" => "ZF",
                    _ => null,
                }
            );
            WriteTexts(json, status.Missing.Select(PowerOrders.Words.NameOf));
            json.WriteStartArray("fymx");
            foreach (var fee in status.Fees)
            {
                json.WriteStartObject();
                json.WriteString("fymc", fee.Name);
                json.WriteNumber("fyje", fee.Amount);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, IEnumerable<string> texts)
    {
        json.WriteStartArray("qscl");
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
