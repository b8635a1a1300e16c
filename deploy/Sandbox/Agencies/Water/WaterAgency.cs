using System.Text.Json;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.Water;

/// <summary>The water company: orders taken whole, answered at once, progress on demand; signed with <c>X-Client-Id</c>.</summary>
internal sealed class WaterAgency : ProviderAgency
{
    private static readonly string[] NumberMembers = ["qqlsh"];
    private static readonly string[] VisitMembers = ["qqlsh", "kssj", "jssj"];
    private static readonly string[] AccountMembers = ["consno", "ywrmc", "sfcxqf", "ywlx", "jklx"];

    private static readonly ProviderWords Words = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["received"] = "10",
            ["accepted"] = "20",
            ["returned"] = "21",
            ["surveyScheduled"] = "30",
            ["surveyed"] = "31",
            ["planAnswered"] = "40",
            ["awaitingCustomer"] = "41",
            ["awaitingPermit"] = "42",
            ["construction"] = "50",
            ["inspected"] = "60",
            ["connected"] = "70",
            ["closed"] = "80",
            ["withdrawn"] = "90",
            ["suspended"] = "91",
        },
        ProviderWords.Linkage
    );

    private readonly ClientIdCheck _signature;

    public WaterAgency(SandboxSettings settings)
        : base("water", new ProviderDesk("water", new LegBook("GS", Words, settings.Time))) =>
        _signature = new ClientIdCheck(
            settings.Credentials.WaterClientId,
            settings.Credentials.WaterClientSecret,
            settings.Time
        );

    public override void Map(IEndpointRouteBuilder routes, AgencyDoor door)
    {
        Map("order", "order", Order);
        Map("order/find", "find", Find);
        Map("order/cancel", "withdraw", Cancel);
        Map("order/progress", "statuses", Progress);
        Map("visit", "visit", Visit);
        Map("precheck", "precheck", PreCheck);

        void Map(string path, string operation, Func<AgencyCall, JsonElement, Answer> work) =>
            routes.MapPost(
                $"/water/api/{path}",
                door.Open(this, new Operation(operation), call => Checked(call, work))
            );
    }

    public override Answer NotAuthorised(AgencyCall call) =>
        WaterAnswers.Refused(StatusCodes.Status403Forbidden, "无权访问该服务");

    public override Answer SignatureRefused(AgencyCall call) =>
        WaterAnswers.Refused(StatusCodes.Status401Unauthorized, "签名验证失败");

    public override void Reset()
    {
        base.Reset();
        _signature.Forget();
    }

    private Answer Checked(AgencyCall call, Func<AgencyCall, JsonElement, Answer> work)
    {
        if (!call.Is("application/json"))
        {
            return Answer.WrongContentType("application/json");
        }

        if (!_signature.IsSigned(call))
        {
            return SignatureRefused(call);
        }

        using var document = call.Json();
        return document is null || call.IdempotencyKey is null
            ? WaterAnswers.Refused(StatusCodes.Status400BadRequest, "参数缺失")
            : work(call, document.RootElement);
    }

    private Answer Order(AgencyCall call, JsonElement body)
    {
        if (WaterForm.Read(call, body, Words) is not { } draft)
        {
            return WaterAnswers.Refused(StatusCodes.Status400BadRequest, "参数缺失或有误");
        }

        call.Correlation = draft.LegId;
        if (WaterForm.Missing(body) is { Count: > 0 } missing)
        {
            return WaterAnswers.Found("incomplete", json => WaterAnswers.WriteReceipt(json, draft, missing));
        }

        return Desk.Legs.Take(draft) is { } taken
            ? WaterAnswers.Found("answered", json => WaterAnswers.WriteReceipt(json, taken.Leg, [])) with
            {
                Effective = taken.Changed,
            }
            : WaterAnswers.Refused(StatusCodes.Status409Conflict, "请求流水号已用于其他工单");
    }

    private Answer Find(AgencyCall call, JsonElement body) =>
        Numbered(
            call,
            body,
            ":find",
            key =>
                Desk.Legs.Find(key) is { } leg
                    ? WaterAnswers.Found("answered", json => WaterAnswers.WriteReceipt(json, leg, []))
                    : WaterAnswers.Unknown()
        );

    private Answer Cancel(AgencyCall call, JsonElement body) =>
        Numbered(
            call,
            body,
            ":withdraw",
            key =>
                Desk.Legs.Withdraw(key) is { } taken
                    ? WaterAnswers.Found("answered", json => WaterAnswers.WriteReceipt(json, taken.Leg, [])) with
                    {
                        Effective = taken.Changed,
                    }
                    : WaterAnswers.Unknown()
        );

    private Answer Progress(AgencyCall call, JsonElement body) =>
        Numbered(
            call,
            body,
            ":statuses",
            key =>
                Desk.Legs.Look(key) is { } leg
                    ? WaterAnswers.Found(
                        "answered",
                        json => WaterAnswers.WriteProgress(json, leg, Words, Disordered(call, leg.Statuses))
                    )
                    : WaterAnswers.Unknown()
        );

    private Answer Visit(AgencyCall call, JsonElement body)
    {
        if (
            !body.HasOnly(VisitMembers)
            || body.Text("qqlsh") is not { } key
            || ChinaTime.Parse(body.Text("kssj")) is null
            || ChinaTime.Parse(body.Text("jssj")) is null
            || !call.IdempotencyKey!.StartsWith($"{key}:visit:", StringComparison.Ordinal)
        )
        {
            return WaterAnswers.Refused(StatusCodes.Status400BadRequest, "参数缺失或有误");
        }

        if (Desk.Legs.Find(key) is null)
        {
            return WaterAnswers.Unknown();
        }

        var (comes, isNew) = Desk.Visit(call.IdempotencyKey);
        return WaterAnswers.Found(
            "answered",
            json =>
            {
                json.WriteString("qqlsh", key);
                json.WriteString("kssj", body.Text("kssj"));
                json.WriteString("qr", comes ? "1" : "0");
            }
        ) with
        {
            Effective = isNew,
        };
    }

    private Answer PreCheck(AgencyCall call, JsonElement body)
    {
        if (
            !body.HasOnly(AccountMembers)
            || body.Text("consno") is not { } number
            || body.Text("ywrmc") is null
            || body.Text("sfcxqf") != "1"
            || body.Text("ywlx") != "1"
            || body.Text("jklx") != "hy"
        )
        {
            return WaterAnswers.Refused(StatusCodes.Status400BadRequest, "参数缺失或有误");
        }

        return Desk.Account(number) is { } account
            ? WaterAnswers.Found(
                "answered",
                json =>
                {
                    json.WriteString("consno", number);
                    json.WriteString("sfqf", account.HasArrears ? "1" : "0");
                    json.WriteString("sfyhz", account.IsFormerHolders ? "1" : "0");
                }
            )
            : WaterAnswers.Unknown();
    }

    /// <summary>A question about one order: its number and nothing else, under a key made of that number.</summary>
    private static Answer Numbered(AgencyCall call, JsonElement body, string suffix, Func<string, Answer> work) =>
        body.HasOnly(NumberMembers) && body.Text("qqlsh") is { } key && call.IdempotencyKey == key + suffix
            ? work(key)
            : WaterAnswers.Refused(StatusCodes.Status400BadRequest, "参数缺失或有误");
}
