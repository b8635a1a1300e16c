using System.Globalization;
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

    public override Answer NotAuthorised(AgencyCall call) => Refused(StatusCodes.Status403Forbidden, "无权访问该服务");

    public override Answer SignatureRefused(AgencyCall call) =>
        Refused(StatusCodes.Status401Unauthorized, "签名验证失败");

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
            ? Refused(StatusCodes.Status400BadRequest, "参数缺失")
            : work(call, document.RootElement);
    }

    private Answer Order(AgencyCall call, JsonElement body)
    {
        if (WaterForm.Read(call, body, Words) is not { } draft)
        {
            return Refused(StatusCodes.Status400BadRequest, "参数缺失或有误");
        }

        call.Correlation = draft.LegId;
        if (WaterForm.Missing(body) is { Count: > 0 } missing)
        {
            return Found("incomplete", json => WriteReceipt(json, draft, missing));
        }

        return Desk.Legs.Take(draft) is { } taken
            ? Found("answered", json => WriteReceipt(json, taken.Leg, [])) with
            {
                Effective = taken.Changed,
            }
            : Refused(StatusCodes.Status409Conflict, "请求流水号已用于其他工单");
    }

    private Answer Find(AgencyCall call, JsonElement body) =>
        Numbered(
            call,
            body,
            ":find",
            key => Desk.Legs.Find(key) is { } leg ? Found("answered", json => WriteReceipt(json, leg, [])) : Unknown()
        );

    private Answer Cancel(AgencyCall call, JsonElement body) =>
        Numbered(
            call,
            body,
            ":withdraw",
            key =>
                Desk.Legs.Withdraw(key) is { } taken
                    ? Found("answered", json => WriteReceipt(json, taken.Leg, [])) with
                    {
                        Effective = taken.Changed,
                    }
                    : Unknown()
        );

    private Answer Progress(AgencyCall call, JsonElement body) =>
        Numbered(
            call,
            body,
            ":statuses",
            key =>
                Desk.Legs.Look(key) is { } leg
                    ? Found("answered", json => WriteProgress(json, leg, Disordered(call, leg.Statuses)))
                    : Unknown()
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
            return Refused(StatusCodes.Status400BadRequest, "参数缺失或有误");
        }

        if (Desk.Legs.Find(key) is null)
        {
            return Unknown();
        }

        var (comes, isNew) = Desk.Visit(call.IdempotencyKey);
        return Found(
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
            return Refused(StatusCodes.Status400BadRequest, "参数缺失或有误");
        }

        return Desk.Account(number) is { } account
            ? Found(
                "answered",
                json =>
                {
                    json.WriteString("consno", number);
                    json.WriteString("sfqf", account.HasArrears ? "1" : "0");
                    json.WriteString("sfyhz", account.IsFormerHolders ? "1" : "0");
                }
            )
            : Unknown();
    }

    /// <summary>A question about one order: its number and nothing else, under a key made of that number.</summary>
    private static Answer Numbered(AgencyCall call, JsonElement body, string suffix, Func<string, Answer> work) =>
        body.HasOnly(NumberMembers) && body.Text("qqlsh") is { } key && call.IdempotencyKey == key + suffix
            ? work(key)
            : Refused(StatusCodes.Status400BadRequest, "参数缺失或有误");

    private static void WriteReceipt(Utf8JsonWriter json, HeldLeg leg, IReadOnlyList<string> missing)
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

    private static void WriteProgress(Utf8JsonWriter json, HeldLeg leg, IEnumerable<HeldStatus> statuses)
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
            WriteTexts(json, "qsx", status.Missing.Select(Words.NameOf));
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

    private static Answer Found(string outcome, Action<Utf8JsonWriter> write) =>
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

    private static Answer Unknown() =>
        Answer.Json(
            "unknown",
            json =>
            {
                json.WriteString("code", "0");
                json.WriteString("msg", "无此记录");
                json.WriteNull("data");
            }
        );

    private static Answer Refused(int status, string message) =>
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
