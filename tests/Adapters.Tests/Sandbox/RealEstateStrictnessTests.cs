using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Integration.Adapters.Tests.Sandbox.HandmadeCaller;

namespace Integration.Adapters.Tests.Sandbox;

public sealed class RealEstateStrictnessTests : IAsyncLifetime
{
    private const string Root = "/real-estate/realestate-supervise-exchange/api/v1/bdc";
    private const string RequestNumber = "20261123421022000001";
    private const string Certificate = "鄂（2017）公安县不动产权第0001001号";
    private RunningSandbox _sandbox = null!;
    private HandmadeCaller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _caller = new HandmadeCaller(_sandbox);
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task A_title_is_found_by_its_certificate_and_the_request_number_comes_back()
    {
        var answer = await QueryAsync(await TokenAsync(), Certificate);
        Assert.Equal(
            ("0000", RequestNumber),
            (Code(answer), answer.GetProperty("head").GetProperty("cxqqdh").GetString())
        );
        Assert.Equal("张三", answer.GetProperty("data").EnumerateArray().Single().GetProperty("QLRMC").GetString());
    }

    [Theory]
    [InlineData("鄂（2017）公安县不动产权第0001037号", "QSZT", "\"注销\"")]
    [InlineData("鄂（2022）公安县不动产权第0001042号", "QLRMC", "\"𠮷田䶮\"")]
    [InlineData("鄂（2024）公安县不动产权第0001044号", "QLRMC", "\"孙强\"")]
    [InlineData("鄂（2018）公安县不动产权第0001038号", "YBDCDYH", "\"421022001001GB00938F00010938\"")]
    [InlineData("鄂（2017）公安县不动产权第0001001号", "DYAQ", "[]")]
    public async Task A_trap_is_served_as_it_is_registered(string certificate, string member, string json)
    {
        var row = (await QueryAsync(await TokenAsync(), certificate)).GetProperty("data").EnumerateArray().Single();
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(row.GetProperty(member).GetRawText())));
    }

    [Theory]
    [InlineData("鄂（2024）公安县不动产权第0001035号", "DYAQ")]
    [InlineData("鄂（2016）公安县不动产权第0001036号", "CFDJ")]
    public async Task A_mortgage_and_a_seizure_are_listed(string certificate, string list)
    {
        var row = (await QueryAsync(await TokenAsync(), certificate)).GetProperty("data").EnumerateArray().Single();
        Assert.Single(row.GetProperty(list).EnumerateArray());
    }

    [Fact]
    public async Task Co_owners_are_one_row_each() =>
        Assert.Equal(
            ["张三", "李四"],
            (await QueryAsync(await TokenAsync(), "鄂（2020）公安县不动产权第0001031号"))
                .GetProperty("data")
                .EnumerateArray()
                .Select(row => row.GetProperty("QLRMC").GetString())
        );

    [Fact]
    public async Task A_former_unit_number_finds_the_present_one()
    {
        var answer = await QueryAsync(await TokenAsync(), string.Empty, "421022001001GB00938F00010938");
        var row = answer.GetProperty("data").EnumerateArray().Single();
        Assert.Equal("421022001001GB00038F00010038", row.GetProperty("BDCDYH").GetString());
    }

    [Theory]
    [InlineData("鄂(2017)公安县不动产权第0001001号", "")]
    [InlineData("鄂（2017）公安县不动产权第9999999号", "")]
    [InlineData("鄂（2017）公安县不动产权第0001001号", "421022001001GB00002F00010002")]
    public async Task What_is_not_exactly_registered_is_unknown(string certificate, string unit)
    {
        var answer = await QueryAsync(await TokenAsync(), certificate, unit);
        Assert.Equal("0000", Code(answer));
        Assert.Empty(answer.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_wrong_password_gets_no_token()
    {
        var body = JsonOf(("userName", _sandbox.Credentials.RealEstateUser), ("password", "wrong"));
        Assert.Equal(
            1,
            (await JsonAsync(await _caller.PostAsync($"{Root}/token", body))).GetProperty("code").GetInt32()
        );
    }

    [Fact]
    public async Task A_wrong_token_is_refused() => Assert.Equal("4001", Code(await QueryAsync("wrong", Certificate)));

    [Fact]
    public async Task An_old_token_is_refused()
    {
        var token = await TokenAsync();
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(1600));
        Assert.Equal("4001", Code(await QueryAsync(token, Certificate)));
    }

    [Theory]
    [InlineData("xzqdm", "")]
    [InlineData("deptName", "")]
    [InlineData("userName", "somebody")]
    [InlineData("ip", "nowhere")]
    [InlineData("requestType", "OTHER")]
    [InlineData("businessNumber", "")]
    [InlineData("cxqqdh", "20261122421022000001")]
    [InlineData("cxqqdh", "20261123421000000001")]
    [InlineData("cxqqdh", "2026112342102200001")]
    public async Task A_wrong_head_is_refused(string member, string value) =>
        Assert.Equal(
            "4000",
            Code(await QueryAsync(await TokenAsync(), Certificate, change: head => head[member] = value))
        );

    [Fact]
    public async Task A_question_without_a_number_is_refused() =>
        Assert.Equal("4000", Code(await QueryAsync(await TokenAsync(), string.Empty)));

    [Fact]
    public async Task A_question_as_json_is_refused() =>
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _caller.PostAsync($"{Root}/query", "{}")).StatusCode);

    private async Task<string> TokenAsync()
    {
        var body = JsonOf(
            ("userName", _sandbox.Credentials.RealEstateUser),
            ("password", _sandbox.Credentials.RealEstatePassword)
        );
        var answer = await JsonAsync(await _caller.PostAsync($"{Root}/token", body));
        return answer.GetProperty("data").GetProperty("token").GetString()!;
    }

    private async Task<JsonElement> QueryAsync(
        string token,
        string certificate,
        string unit = "",
        Action<JsonObject>? change = null
    )
    {
        var head = new JsonObject
        {
            ["token"] = token,
            ["xzqdm"] = "421022",
            ["deptName"] = "供电公司",
            ["userName"] = _sandbox.Credentials.RealEstateUser,
            ["ip"] = "127.0.0.1",
            ["requestType"] = "BDCQZCX",
            ["businessNumber"] = "CASE-1",
            ["cxqqdh"] = RequestNumber,
        };
        change?.Invoke(head);
        var condition = new JsonObject
        {
            ["QLRMC"] = "张三",
            ["QLRZJH"] = string.Empty,
            ["BDCQZH"] = certificate,
            ["BDCDYH"] = unit,
        };
        var envelope = new JsonObject
        {
            ["head"] = head,
            ["data"] = new JsonObject { ["cxywcs"] = new JsonArray(condition) },
        };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("gxData", envelope.ToJsonString())]);
        return await JsonAsync(await _sandbox.Http.PostAsync($"{Root}/query", form));
    }

    private static string? Code(JsonElement answer) => answer.GetProperty("head").GetProperty("code").GetString();
}
