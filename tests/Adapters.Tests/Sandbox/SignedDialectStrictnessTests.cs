using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using static Integration.Adapters.Tests.Sandbox.HandmadeCaller;

namespace Integration.Adapters.Tests.Sandbox;

public sealed class SignedDialectStrictnessTests : IAsyncLifetime
{
    private const string Grid = "/grid-resource/api/resource/query";
    private const string Projects = "/project-approval/api/projects/query";
    private const string PreCheck = "/electricity/precheck";
    private static readonly string Unit = JsonOf(("unitNumber", "421022001001GB00002F00010002"));
    private static readonly string Company = JsonOf(("uscc", "91421022MA49T0000B"));
    private static readonly string Account = JsonOf(
        ("consno", "4210220000004"),
        ("sfcxqf", "1"),
        ("ywlx", "2"),
        ("jklx", "hy")
    );
    private RunningSandbox _sandbox = null!;
    private HandmadeCaller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _caller = new HandmadeCaller(_sandbox);
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_grid_question_is_answered_with_and_without_a_service_id(bool withService)
    {
        var answer = await JsonAsync(await _caller.PostAsync(Grid, Unit, headers: Tif("n1", withService: withService)));
        Assert.Equal(400, answer.GetProperty("data").GetProperty("spareCapacityKw").GetInt32());
    }

    [Fact]
    public async Task A_grid_nonce_is_accepted_once()
    {
        Assert.Equal(HttpStatusCode.OK, (await _caller.PostAsync(Grid, Unit, headers: Tif("n1"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _caller.PostAsync(Grid, Unit, headers: Tif("n1"))).StatusCode);
    }

    [Fact]
    public async Task A_grid_signature_in_the_wrong_case_is_refused()
    {
        var headers = Tif("n1", withService: true).Where(header => header.Name != "x-tif-serviceId");
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await _caller.PostAsync(Grid, Unit, headers: [.. headers])).StatusCode
        );
    }

    [Fact]
    public async Task A_stale_grid_time_stamp_is_refused()
    {
        var headers = Tif("n1");
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _caller.PostAsync(Grid, Unit, headers: headers)).StatusCode);
    }

    [Fact]
    public async Task A_grid_question_without_a_unit_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _caller.PostAsync(Grid, "{}", headers: Tif("n1"))).StatusCode);

    [Theory]
    [InlineData("91421022MA49T0000B", "已批复")]
    [InlineData("91421022MA49T00198", "已失效")]
    [InlineData("91421022MA49T0035X", "已失效 已批复")]
    [InlineData("91421022MA49T00273", "")]
    [InlineData("91421022MA49R0018D", "")]
    public async Task Projects_are_listed_with_their_status(string code, string statuses)
    {
        var answer = await JsonAsync(
            await _caller.PostAsync(Projects, JsonOf(("uscc", code)), headers: ClientId("n1"))
        );
        Assert.Equal("200", answer.GetProperty("code").GetString());
        var listed = answer
            .GetProperty("data")
            .EnumerateArray()
            .Select(project => project.GetProperty("status").GetString());
        Assert.Equal(statuses, string.Join(' ', listed));
    }

    [Fact]
    public async Task A_project_nonce_is_accepted_once()
    {
        Assert.Equal(
            HttpStatusCode.OK,
            (await _caller.PostAsync(Projects, Company, headers: ClientId("n1"))).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await _caller.PostAsync(Projects, Company, headers: ClientId("n1"))).StatusCode
        );
    }

    [Theory]
    [InlineData(599, HttpStatusCode.OK)]
    [InlineData(601, HttpStatusCode.Unauthorized)]
    public async Task A_project_time_stamp_is_valid_for_ten_minutes(int seconds, HttpStatusCode status)
    {
        var headers = ClientId("n1");
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(status, (await _caller.PostAsync(Projects, Company, headers: headers)).StatusCode);
    }

    [Fact]
    public async Task A_wrong_project_signature_is_refused()
    {
        var headers = ClientId("n1")[..3].Append(("X-Signature", "wrong"));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await _caller.PostAsync(Projects, Company, headers: [.. headers])).StatusCode
        );
    }

    [Fact]
    public async Task An_account_is_checked_under_a_gateway_token()
    {
        var answer = await JsonAsync(
            await _caller.PostAsync(PreCheck, Account, headers: Gateway(await GatewayTokenAsync()))
        );
        var data = answer.GetProperty("data");
        Assert.Equal(("赵敏", "1", "35.50"), (Text(data, "qlrmc"), Text(data, "sfqf"), Text(data, "qfje")));
    }

    [Fact]
    public async Task An_unknown_account_is_null()
    {
        var body = Account.Replace("4210220000004", "4210220000999");
        var answer = await JsonAsync(
            await _caller.PostAsync(PreCheck, body, headers: Gateway(await GatewayTokenAsync()))
        );
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("data").ValueKind);
    }

    [Fact]
    public async Task A_gateway_call_under_the_app_key_is_refused() =>
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (
                await _caller.PostAsync(PreCheck, Account, headers: Gateway(_sandbox.Credentials.ElectricityAppKey))
            ).StatusCode
        );

    [Fact]
    public async Task An_old_gateway_token_is_refused()
    {
        var token = await GatewayTokenAsync();
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(7200));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await _caller.PostAsync(PreCheck, Account, headers: Gateway(token))).StatusCode
        );
    }

    [Fact]
    public async Task A_wrong_kind_of_pre_check_is_refused()
    {
        var body = Account.Replace("\"hy\"", "\"gh\"");
        var answer = await JsonAsync(
            await _caller.PostAsync(PreCheck, body, headers: Gateway(await GatewayTokenAsync()))
        );
        Assert.Equal("1", Text(answer, "code"));
    }

    [Fact]
    public async Task An_account_is_checked_under_an_irs_request_secret()
    {
        var (_, requestSecret) = await IrsSecretsAsync(
            "refreshTokenByKey",
            _sandbox.Credentials.ElectricityIrsAppSecret
        );
        var answer = await JsonAsync(await _caller.PostAsync(PreCheck, Account, headers: Irs(requestSecret)));
        Assert.Equal("赵敏", Text(answer.GetProperty("data"), "qlrmc"));
    }

    [Fact]
    public async Task An_irs_refresh_secret_outlives_request_secrets()
    {
        var (refreshSecret, old) = await IrsSecretsAsync(
            "refreshTokenByKey",
            _sandbox.Credentials.ElectricityIrsAppSecret
        );
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await _caller.PostAsync(PreCheck, Account, headers: Irs(old))).StatusCode
        );
        var (_, next) = await IrsSecretsAsync("refreshTokenBySec", refreshSecret);
        Assert.Equal(HttpStatusCode.OK, (await _caller.PostAsync(PreCheck, Account, headers: Irs(next))).StatusCode);
    }

    [Fact]
    public async Task An_irs_refresh_under_a_wrong_secret_is_refused() =>
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await _caller.PostAsync("/electricity/irs/refreshTokenByKey", "{}", headers: Irs("wrong"))).StatusCode
        );

    [Fact]
    public async Task Both_dialects_at_once_are_refused()
    {
        var headers = Gateway(await GatewayTokenAsync()).Concat(Irs("any"));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await _caller.PostAsync(PreCheck, Account, headers: [.. headers])).StatusCode
        );
    }

    private (string Name, string Value)[] Tif(string nonce, bool withService = false)
    {
        var seconds = _caller.Seconds;
        var text = seconds + _sandbox.Credentials.GridToken + nonce + seconds;
        var signature = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        (string, string)[] headers =
        [
            ("x-tif-paasid", _sandbox.Credentials.GridPaasId),
            ("x-tif-timestamp", seconds),
            ("x-tif-nonce", nonce),
        ];
        return withService
            ? [.. headers, ("x-tif-signature", signature.ToUpperInvariant()), ("x-tif-serviceId", "svc")]
            : [.. headers, ("x-tif-signature", signature)];
    }

    private (string Name, string Value)[] ClientId(string nonce)
    {
        var (id, time) = (_sandbox.Credentials.ProjectClientId, _caller.Milliseconds);
        return
        [
            ("X-Client-Id", id),
            ("X-Timestamp", time),
            ("X-Nonce", nonce),
            ("X-Signature", Hmac(_sandbox.Credentials.ProjectClientSecret, id + time + nonce)),
        ];
    }

    private (string Name, string Value)[] Gateway(string key)
    {
        var (id, time) = (_sandbox.Credentials.ElectricityAppId, _caller.Milliseconds);
        return [("gateway_appid", id), ("gateway_rtime", time), ("gateway_sig", Hmac(key, id + time))];
    }

    private (string Name, string Value)[] Irs(string secret)
    {
        var (key, time) = (_sandbox.Credentials.ElectricityIrsAppKey, _caller.Milliseconds);
        var sign = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(key + secret + time)));
        return [("appKey", key), ("sign", sign), ("requestTime", time)];
    }

    private async Task<string> GatewayTokenAsync()
    {
        var appKey = _sandbox.Credentials.ElectricityAppKey;
        var answer = await JsonAsync(
            await _caller.PostAsync("/electricity/gateway/token", "{}", headers: Gateway(appKey))
        );
        return Decrypt(appKey, Text(answer.GetProperty("data"), "access_token")!);
    }

    private async Task<(string Refresh, string Request)> IrsSecretsAsync(string operation, string secret)
    {
        var answer = await JsonAsync(
            await _caller.PostAsync($"/electricity/irs/{operation}", "{}", headers: Irs(secret))
        );
        var data = answer.GetProperty("datas");
        return (Text(data, "refreshSecret")!, Text(data, "requestSecret")!);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
