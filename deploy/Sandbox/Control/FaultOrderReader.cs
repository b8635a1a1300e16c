using System.Text.Json;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Control;

/// <summary>Reads <c>{agency, fault, seconds?, count?, operation?}</c> and says everything that is wrong with it.</summary>
internal static class FaultOrderReader
{
    private const double LongestSeconds = 86_400;
    private static readonly string[] Members = ["agency", "fault", "seconds", "count", "operation"];

    /// <summary>The order, or null with the faults filled in.</summary>
    public static FaultOrder? Read(ReadOnlyMemory<byte> body, List<string> faults)
    {
        using var document = AgencyCall.Json(body);
        if (document is null)
        {
            faults.Add("The body must be one JSON object without duplicate members.");
            return null;
        }

        var order = document.RootElement;
        foreach (var member in order.EnumerateObject().Where(member => !Members.Contains(member.Name)))
        {
            faults.Add($"Unknown member; allowed are {string.Join(", ", Members)}.");
        }

        var agency = OneOf(order, "agency", FaultNames.Agencies, faults);
        var fault = OneOf(order, "fault", FaultNames.Faults, faults);
        var seconds = Number(order, "seconds", LongestSeconds, faults);
        var count = Number(order, "count", int.MaxValue, faults);
        if (count is { } whole && whole != Math.Floor(whole))
        {
            faults.Add("count must be a whole number.");
        }

        return faults.Count == 0
            ? new FaultOrder(
                agency!,
                Enum.Parse<FaultKind>(fault!, ignoreCase: true),
                seconds,
                (int?)count,
                order.Text("operation")
            )
            : null;
    }

    private static string? OneOf(JsonElement order, string name, IReadOnlyList<string> allowed, List<string> faults)
    {
        var text = order.Text(name);
        if (text is null || !allowed.Contains(text, StringComparer.Ordinal))
        {
            faults.Add($"{name} must be one of {string.Join(", ", allowed)}.");
        }

        return text;
    }

    private static double? Number(JsonElement order, string name, double largest, List<string> faults)
    {
        if (!order.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (
            value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var number)
            && number > 0
            && number <= largest
        )
        {
            return number;
        }

        faults.Add($"{name} must be a number above 0, at most {largest:0}.");
        return null;
    }
}
