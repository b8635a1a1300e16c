using System.Text.Json;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Electricity;

/// <summary>Orders at the marketing system: the form, then attachments one by one. An order's number stands in the address.</summary>
internal sealed class PowerOrders(ElectricityAgency agency)
{
    private static readonly string[] VisitMembers = ["kssj", "jssj"];

    public static readonly ProviderWords Words = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["received"] = "SQ",
            ["accepted"] = "YWSL",
            ["returned"] = "THBZ",
            ["surveyScheduled"] = "KCYY",
            ["surveyed"] = "XCKC",
            ["planAnswered"] = "FADF",
            ["awaitingCustomer"] = "DYH",
            ["awaitingPermit"] = "DXZ",
            ["construction"] = "SGJS",
            ["inspected"] = "JGYS",
            ["connected"] = "ZBJD",
            ["closed"] = "GD",
            ["withdrawn"] = "CX",
            ["suspended"] = "ZT",
        },
        ProviderWords.Linkage
    );

    private readonly AttachmentShelf _shelf = new(agency.Desk.Legs);

    private LegBook Legs => agency.Desk.Legs;

    public void Map(IEndpointRouteBuilder routes, AgencyDoor door)
    {
        const string order = "/electricity/orders/{number}";
        routes.MapPost("/electricity/orders", Open("order", string.Empty, isJson: true, Order));
        routes.MapGet(order, Open("find", ":find", isJson: false, Find));
        routes.MapDelete($"{order}/attachments", Open("clear", ":clear", isJson: false, Clear));
        routes.MapPut($"{order}/attachments/{{name}}", Open("attach", ":attachment:", isJson: true, Attach));
        routes.MapPost($"{order}/cancel", Open("withdraw", ":withdraw", isJson: false, Cancel));
        routes.MapGet($"{order}/statuses", Open("statuses", ":statuses", isJson: false, Statuses));
        routes.MapPost($"{order}/visits", Open("visit", ":visit:", isJson: true, Visit));

        RequestDelegate Open(
            string operation,
            string suffix,
            bool isJson,
            Func<AgencyCall, string, JsonElement, Answer> work
        ) => door.Open(agency, new Operation(operation), call => Checked(call, suffix, isJson, work));
    }

    public void Reset() => _shelf.Clear();

    private Answer Checked(
        AgencyCall call,
        string suffix,
        bool isJson,
        Func<AgencyCall, string, JsonElement, Answer> work
    )
    {
        if (isJson ? !call.Is("application/json") : call.Body.Length > 0)
        {
            return Answer.WrongContentType(isJson ? "application/json" : "none");
        }

        if (!agency.IsSigned(call))
        {
            return agency.SignatureRefused(call);
        }

        var number = (string?)call.Request.RouteValues["number"] ?? string.Empty;
        if (call.IdempotencyKey is not { } key || !key.StartsWith(number + suffix, StringComparison.Ordinal))
        {
            return Invalid();
        }

        using var document = isJson ? call.Json() : null;
        return isJson && document is null ? Invalid() : work(call, number, document?.RootElement ?? default);
    }

    private Answer Order(AgencyCall call, string number, JsonElement body)
    {
        if (PowerOrderForm.Read(call, body, Words) is not { } draft)
        {
            return Invalid();
        }

        call.Correlation = draft.LegId;
        if (PowerOrderForm.Missing(body) is { Count: > 0 } missing)
        {
            return Receipt(draft, "incomplete", missing);
        }

        return Legs.Take(draft) is { } taken ? Receipt(taken.Leg) with { Effective = taken.Changed } : Contradicted();
    }

    private Answer Find(AgencyCall call, string number, JsonElement body) =>
        Legs.Find(number) is { } leg ? Receipt(leg) : Unknown();

    private Answer Clear(AgencyCall call, string number, JsonElement body)
    {
        if (Legs.Find(number) is not { } leg)
        {
            return Unknown();
        }

        var changed = _shelf.Clear(leg);
        return Receipt(Legs.Find(number)!) with { Effective = changed };
    }

    private Answer Attach(AgencyCall call, string number, JsonElement body)
    {
        var name = (string)call.Request.RouteValues["name"]!;
        if (
            call.IdempotencyKey != $"{number}:attachment:{name}"
            || PowerOrderForm.ReadAttachment(call, body, name) is not { } attachment
        )
        {
            return Invalid();
        }

        if (Legs.Find(number) is not { } leg)
        {
            return Unknown();
        }

        return _shelf.Put(leg, name, attachment) is { } changed
            ? Receipt(Legs.Find(number)!) with
            {
                Effective = changed,
            }
            : Contradicted();
    }

    private Answer Cancel(AgencyCall call, string number, JsonElement body) =>
        Legs.Withdraw(number) is { } taken ? Receipt(taken.Leg) with { Effective = taken.Changed } : Unknown();

    private Answer Statuses(AgencyCall call, string number, JsonElement body) =>
        Legs.Look(number) is { } leg
            ? ElectricityAgency.Found(
                "answered",
                json => PowerAnswers.WriteStatuses(json, leg, ProviderAgency.Disordered(call, leg.Statuses))
            )
            : Unknown();

    private Answer Visit(AgencyCall call, string number, JsonElement body)
    {
        if (
            !body.HasOnly(VisitMembers)
            || ChinaTime.Parse(body.Text("kssj")) is null
            || ChinaTime.Parse(body.Text("jssj")) is null
        )
        {
            return Invalid();
        }

        if (Legs.Find(number) is null)
        {
            return Unknown();
        }

        var (comes, isNew) = agency.Desk.Visit(call.IdempotencyKey!);
        return ElectricityAgency.Found(
            "answered",
            json =>
            {
                json.WriteString("ddbh", number);
                json.WriteString("kssj", body.Text("kssj"));
                json.WriteString("sfqr", comes ? "1" : "0");
            }
        ) with
        {
            Effective = isNew,
        };
    }

    private Answer Receipt(HeldLeg leg, string outcome = "answered", IReadOnlyList<string>? missing = null) =>
        ElectricityAgency.Found(outcome, json => PowerAnswers.WriteReceipt(json, leg, missing ?? []));

    private Answer Unknown() => ElectricityAgency.Found("unknown", write: null);

    private Answer Invalid() => ElectricityAgency.Refused("1", "参数缺失或有误", StatusCodes.Status200OK);

    private Answer Contradicted() =>
        ElectricityAgency.Refused("9", "订单编号或附件名称已用于其他内容", StatusCodes.Status200OK);
}
