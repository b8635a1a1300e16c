using System.Text.Json;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Control;

/// <summary>
/// What a provider's people do, told from outside: legs move, accounts are opened, visits are declined. Everything is 204;
/// 400 when a member is missing, unknown or not what it should be; 404 when there is no such leg.
/// </summary>
internal sealed class ProviderControl(IReadOnlyList<ProviderDesk> desks)
{
    private static readonly string[] StatusMembers =
    [
        "utility",
        "key",
        "legId",
        "code",
        "at",
        "statusId",
        "detail",
        "who",
        "missing",
        "fees",
    ];

    private static readonly string[] FeeMembers = ["name", "amount"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sandbox/legs", ListAsync);
        routes.MapPost("/sandbox/legs", http => DoAsync(http, StatusMembers, Tell));
        routes.MapPost("/sandbox/legs/auto", http => DoAsync(http, ["utility", "on"], Walk));
        routes.MapPost("/sandbox/accounts", http => DoAsync(http, ["utility", "account", "holder", "arrears"], Open));
        routes.MapPost("/sandbox/visits", http => DoAsync(http, ["utility", "confirms"], Visits));
    }

    private async Task DoAsync(
        HttpContext http,
        IReadOnlyCollection<string> members,
        Func<ProviderDesk, JsonElement, int> work
    )
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        using var document = AgencyCall.Json(body.GetBuffer().AsMemory(0, (int)body.Length));
        http.Response.StatusCode =
            document?.RootElement is { } order
            && order.HasOnly(members)
            && desks.FirstOrDefault(desk => desk.Utility == order.Text("utility")) is { } desk
                ? work(desk, order)
                : StatusCodes.Status400BadRequest;
    }

    private static int Tell(ProviderDesk desk, JsonElement order)
    {
        var leg = order.Text("key") ?? order.Text("legId");
        if (
            leg is null
            || order.Text("code") is not { } code
            || !TryTime(order, out var at)
            || Fees(order) is not { } fees
        )
        {
            return StatusCodes.Status400BadRequest;
        }

        var told = new ToldStatus(code, at, order.Text("statusId"))
        {
            Detail = order.Text("detail"),
            Who = order.Text("who"),
            Missing = Texts(order, "missing"),
            Fees = fees,
        };
        return desk.Legs.Tell(leg, told) ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
    }

    private static int Walk(ProviderDesk desk, JsonElement order)
    {
        if (Flag(order, "on", otherwise: true) is not { } on)
        {
            return StatusCodes.Status400BadRequest;
        }

        desk.Legs.Walks = on;
        return StatusCodes.Status204NoContent;
    }

    private static int Open(ProviderDesk desk, JsonElement order)
    {
        if (
            order.Text("account") is not { } number
            || order.Text("holder") is not ("former" or "other")
            || Flag(order, "arrears", otherwise: false) is not { } arrears
        )
        {
            return StatusCodes.Status400BadRequest;
        }

        desk.Open(new HeldAccount(number, order.Text("holder") == "former", arrears));
        return StatusCodes.Status204NoContent;
    }

    private static int Visits(ProviderDesk desk, JsonElement order)
    {
        if (Flag(order, "confirms", otherwise: null) is not { } confirms)
        {
            return StatusCodes.Status400BadRequest;
        }

        desk.ConfirmsVisits = confirms;
        return StatusCodes.Status204NoContent;
    }

    private static bool? Flag(JsonElement order, string member, bool? otherwise) =>
        !order.TryGetProperty(member, out var flag)
            ? otherwise
            : flag.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            };

    private static bool TryTime(JsonElement order, out DateTimeOffset? at)
    {
        at = null;
        if (!order.TryGetProperty("at", out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (member.ValueKind != JsonValueKind.String || !member.TryGetDateTimeOffset(out var time))
        {
            return false;
        }

        at = time;
        return true;
    }

    private static IReadOnlyList<string> Texts(JsonElement order, string member) =>
        order.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => item.ToString())]
            : [];

    private static List<HeldFee>? Fees(JsonElement order)
    {
        var fees = new List<HeldFee>();
        if (!order.TryGetProperty("fees", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return fees;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var fee in list.EnumerateArray())
        {
            if (
                !fee.HasOnly(FeeMembers)
                || fee.Text("name") is not { } name
                || !fee.TryGetProperty("amount", out var amount)
                || amount.ValueKind != JsonValueKind.Number
            )
            {
                return null;
            }

            fees.Add(new HeldFee(name, amount.GetDecimal()));
        }

        return fees;
    }

    private async Task ListAsync(HttpContext http)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var desk in desks)
            {
                foreach (var leg in desk.Legs.All())
                {
                    Write(json, desk.Utility, leg);
                }
            }

            json.WriteEndArray();
        }

        http.Response.ContentType = Answer.JsonType;
        await http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, string utility, HeldLeg leg)
    {
        json.WriteStartObject();
        json.WriteString("utility", utility);
        json.WriteString("key", leg.Key);
        json.WriteString("legId", leg.LegId);
        json.WriteString("reference", leg.Reference);
        json.WriteBoolean("withdrawn", leg.IsWithdrawn);
        json.WriteBoolean("complete", leg.IsComplete);
        Write(json, "fields", leg.Fields);
        Write(json, "proofs", leg.Proofs);
        Write(json, "papers", leg.Papers);
        Write(json, "codes", leg.Statuses.Select(status => status.Code));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string member, IEnumerable<string> names)
    {
        json.WriteStartArray(member);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }
}
