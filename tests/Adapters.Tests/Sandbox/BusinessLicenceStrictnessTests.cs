using System.Net;
using System.Text.Json;
using static Integration.Adapters.Tests.Sandbox.HandmadeCaller;

namespace Integration.Adapters.Tests.Sandbox;

public sealed class BusinessLicenceStrictnessTests : IAsyncLifetime
{
    private const string Known = "91421022MA49T0000B";
    private const string Newborn = "91421022MA49N00160";
    private RunningSandbox _sandbox = null!;
    private HandmadeCaller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _caller = new HandmadeCaller(_sandbox);
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData(Known, "存续")]
    [InlineData("91421022MA49R0018D", "吊销")]
    [InlineData("91421022MA49R00268", "注销")]
    public async Task A_query_says_how_the_company_stands(string code, string status)
    {
        var record = (await QueryAsync(code)).GetProperty("data").EnumerateArray().Single();
        Assert.Equal(status, Member(record, "regstateCn").GetString());
        Assert.Equal(code, Member(record, "uniscid").GetString());
    }

    [Fact]
    public async Task A_state_owned_company_says_so() =>
        Assert.Contains(
            "国有",
            Member((await QueryAsync("91421022MA49L0015D")).GetProperty("data")[0], "enttypeCn").GetString()
        );

    [Fact]
    public async Task A_changed_legal_representative_is_the_present_one() =>
        Assert.Equal(
            "黄磊",
            Member((await QueryAsync("91421022MA49C0016J")).GetProperty("data")[0], "name").GetString()
        );

    [Fact]
    public async Task An_unknown_code_is_a_success_without_data()
    {
        var answer = await QueryAsync("91421022MA49T9999X");
        Assert.Equal("2000", answer.GetProperty("code").GetString());
        Assert.Empty(answer.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_newborn_company_becomes_known_and_a_reset_makes_it_newborn_again()
    {
        Assert.Empty((await QueryAsync(Newborn)).GetProperty("data").EnumerateArray());

        _sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Single((await QueryAsync(Newborn)).GetProperty("data").EnumerateArray());

        await _sandbox.Http.PostAsync("/sandbox/reset", content: null);
        Assert.Empty((await QueryAsync(Newborn)).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_wrong_authcode_is_refused() =>
        Assert.Equal("2001", (await QueryAsync(Known, authCode: "wrong")).GetProperty("code").GetString());

    [Fact]
    public async Task A_missing_field_is_refused() =>
        Assert.Equal(
            "2002",
            (await CallAsync("s_enterprise_query", JsonOf(("uniscid", Known)))).GetProperty("code").GetString()
        );

    [Fact]
    public async Task Duplicate_members_are_refused() =>
        Assert.Equal(
            "2002",
            (await CallAsync("s_enterprise_query", """{"entname":"a","entname":"b","uniscid":"c","authcode":"d"}"""))
                .GetProperty("code")
                .GetString()
        );

    [Fact]
    public async Task A_body_that_is_not_json_is_refused()
    {
        var fields = _caller.ExchangeFields("s_enterprise_query", await _caller.CallSecretAsync("s_enterprise_query"));
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType,
            (await _caller.RestAsync(fields, "a=b", "text/plain")).StatusCode
        );
    }

    [Fact]
    public async Task A_verification_lists_what_differs()
    {
        var body = JsonOf(
            ("entname", "公安县示例商贸有限公司"),
            ("uniscid", Known),
            ("name", "李四"),
            ("authcode", _sandbox.Credentials.BusinessLicenceAuthCode)
        );
        var data = (await CallAsync("s_enterprise_verify", body)).GetProperty("data");
        var difference = data.GetProperty("diff_list").EnumerateArray().Single();
        Assert.Equal(("name", "李四", "张三"), (Text("chk_key"), Text("in_val"), Text("out_val")));

        string? Text(string name) => difference.GetProperty(name).GetString();
    }

    private Task<JsonElement> QueryAsync(string code, string? authCode = null) =>
        CallAsync(
            "s_enterprise_query",
            JsonOf(
                ("entname", "名称"),
                ("uniscid", code),
                ("authcode", authCode ?? _sandbox.Credentials.BusinessLicenceAuthCode)
            )
        );

    private async Task<JsonElement> CallAsync(string sid, string body) =>
        await JsonAsync(await _caller.RestAsync(_caller.ExchangeFields(sid, await _caller.CallSecretAsync(sid)), body));

    private static JsonElement Member(JsonElement record, string name) =>
        record.EnumerateObject().Single(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
