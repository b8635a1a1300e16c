using System.Globalization;
using System.Text.Json;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;
using Integration.Sandbox.Fixtures;

namespace Integration.Sandbox.Agencies.Electricity;

/// <summary>The power company's marketing system: pre-check of an account and orders, in either of two signing dialects.</summary>
internal sealed class ElectricityAgency : ProviderAgency
{
    /// <summary>In whose name the accounts run that were opened from outside: the former holder's, and another person's.</summary>
    private const string FormerHolder = "p01";

    private const string OtherHolder = "p02";
    private const decimal UsualArrears = 35.50m;

    private readonly Registers _registers;
    private readonly GatewayDialect _gateway;
    private readonly IrsDialect _irs;
    private readonly PowerOrders _orders;

    public ElectricityAgency(SandboxSettings settings, Registers registers)
        : base("electricity", new ProviderDesk("electricity", new LegBook("YD", PowerOrders.Words, settings.Time)))
    {
        _registers = registers;
        _gateway = new GatewayDialect(settings);
        _irs = new IrsDialect(settings);
        _orders = new PowerOrders(this);
    }

    public override void Map(IEndpointRouteBuilder routes, AgencyDoor door)
    {
        _orders.Map(routes, door);
        routes.MapPost("/electricity/precheck", door.Open(this, new Operation("precheck"), PreCheck));
        routes.MapPost(
            "/electricity/gateway/token",
            door.Open(
                this,
                new Operation("token", IssuesSecrets: true),
                call => _gateway.IssueToken(call) ?? SignatureRefused(call)
            )
        );
        routes.MapPost(
            "/electricity/irs/refreshTokenByKey",
            door.Open(
                this,
                new Operation("refreshTokenByKey", IssuesSecrets: true),
                call => _irs.RefreshByKey(call) ?? SignatureRefused(call)
            )
        );
        routes.MapPost(
            "/electricity/irs/refreshTokenBySec",
            door.Open(
                this,
                new Operation("refreshTokenBySec", IssuesSecrets: true),
                call => _irs.RefreshBySecret(call) ?? SignatureRefused(call)
            )
        );
    }

    public override Answer NotAuthorised(AgencyCall call) =>
        Refused("403", "无权访问该服务", StatusCodes.Status403Forbidden);

    public override Answer SignatureRefused(AgencyCall call) =>
        Refused("401", "签名验证失败", StatusCodes.Status401Unauthorized);

    public override void ForgetSecrets()
    {
        _gateway.Forget();
        _irs.Forget();
    }

    public override void Reset()
    {
        base.Reset();
        _orders.Reset();
    }

    /// <summary>The dialect is chosen by the headers that are there; a call in both is in neither.</summary>
    public bool IsSigned(AgencyCall call)
    {
        var speaksGateway = call.Request.Headers.ContainsKey("gateway_appid");
        var speaksIrs = call.Request.Headers.ContainsKey("appKey");
        return speaksGateway != speaksIrs && (speaksGateway ? _gateway.IsSigned(call) : _irs.IsSigned(call));
    }

    private Answer PreCheck(AgencyCall call)
    {
        if (!call.Is("application/json"))
        {
            return Answer.WrongContentType("application/json");
        }

        if (!IsSigned(call))
        {
            return SignatureRefused(call);
        }

        using var document = call.Json();
        return
            document?.RootElement is { } request
            && request.Text("consno") is { } number
            && request.Text("sfcxqf") == "1"
            && request.Text("ywlx") == "2"
            && request.Text("jklx") == "hy"
            ? Found(AccountOf(number))
            : Refused("1", "参数缺失或有误", StatusCodes.Status200OK);
    }

    /// <summary>One that was opened from outside comes before the fixtures'.</summary>
    private Account? AccountOf(string number) =>
        Desk.Account(number) is { } opened
            ? new Account
            {
                AccountNumber = number,
                Utility = "electricity",
                HolderKey = opened.IsFormerHolders ? FormerHolder : OtherHolder,
                TitleKey = _registers.TitlesByKey.Keys.Order(StringComparer.Ordinal).First(),
                Arrears = opened.HasArrears ? UsualArrears : 0,
            }
            : _registers.ElectricityAccounts.GetValueOrDefault(number);

    private Answer Found(Account? account) =>
        account is null
            ? Found("unknown", write: null)
            : Found(
                "answered",
                json =>
                {
                    var holder = _registers.PeopleByKey[account.HolderKey];
                    json.WriteString("consno", account.AccountNumber);
                    json.WriteString("qlrmc", holder.FormerName ?? holder.Name); // until it is renamed here
                    json.WriteString("qlrzjh", holder.IdNumber);
                    json.WriteString("bdcdyh", _registers.TitlesByKey[account.TitleKey].UnitNumber);
                    json.WriteString("sfqf", account.Arrears > 0 ? "1" : "0");
                    json.WriteString("qfje", account.Arrears.ToString("0.00", CultureInfo.InvariantCulture));
                }
            );

    /// <summary>An answer that holds what is written, or null when there is nothing to write.</summary>
    public static Answer Found(string outcome, Action<Utf8JsonWriter>? write) =>
        Answer.Json(
            outcome,
            json =>
            {
                json.WriteString("code", "0");
                json.WriteString("msg", string.Empty);
                if (write is null)
                {
                    json.WriteNull("data");
                    return;
                }

                json.WriteStartObject("data");
                write(json);
                json.WriteEndObject();
            }
        );

    public static Answer Refused(string code, string message, int status) =>
        Answer.Json(
            $"refused:{code}",
            json =>
            {
                json.WriteString("code", code);
                json.WriteString("msg", message);
                json.WriteNull("data");
            },
            status
        );
}
