using System.Globalization;
using Integration.Sandbox.Door;
using Integration.Sandbox.Fixtures;

namespace Integration.Sandbox.Agencies.Electricity;

/// <summary>The power company's marketing system: pre-check of an account, in either of two signing dialects.</summary>
internal sealed class ElectricityAgency(SandboxSettings settings, Registers registers) : Agency("electricity")
{
    private readonly GatewayDialect _gateway = new(settings);
    private readonly IrsDialect _irs = new(settings);

    public override void Map(IEndpointRouteBuilder routes, AgencyDoor door)
    {
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

    private Answer PreCheck(AgencyCall call)
    {
        if (!call.Is("application/json"))
        {
            return Answer.WrongContentType("application/json");
        }

        // The dialect is chosen by the headers that are there; a call in both is in neither.
        var speaksGateway = call.Request.Headers.ContainsKey("gateway_appid");
        var speaksIrs = call.Request.Headers.ContainsKey("appKey");
        if (speaksGateway == speaksIrs || !(speaksGateway ? _gateway.IsSigned(call) : _irs.IsSigned(call)))
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
            ? Found(registers.ElectricityAccounts.GetValueOrDefault(number))
            : Refused("1", "参数缺失或有误", StatusCodes.Status200OK);
    }

    private Answer Found(Account? account) =>
        Answer.Json(
            account is null ? "unknown" : "answered",
            json =>
            {
                json.WriteString("code", "0");
                json.WriteString("msg", string.Empty);
                if (account is null)
                {
                    json.WriteNull("data");
                    return;
                }

                var holder = registers.PeopleByKey[account.HolderKey];
                json.WriteStartObject("data");
                json.WriteString("consno", account.AccountNumber);
                json.WriteString("qlrmc", holder.Name);
                json.WriteString("qlrzjh", holder.IdNumber);
                json.WriteString("bdcdyh", registers.TitlesByKey[account.TitleKey].UnitNumber);
                json.WriteString("sfqf", account.Arrears > 0 ? "1" : "0");
                json.WriteString("qfje", account.Arrears.ToString("0.00", CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }
        );

    private static Answer Refused(string code, string message, int status) =>
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
