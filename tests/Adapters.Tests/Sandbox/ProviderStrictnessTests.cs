using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using static Integration.Adapters.Tests.Sandbox.HandmadeCaller;

namespace Integration.Adapters.Tests.Sandbox;

/// <summary>Orders written by hand: the providers take the right one once, and nothing that is wrong in any way.</summary>
public sealed class ProviderStrictnessTests : IAsyncLifetime
{
    private const string Water =
        """{"qqlsh":"K1","slbh":"L1","jklx":"xz","qxdm":"421022","dwdm":"GADL","tysbh":"C1","xq":{"zdll":2.5,"yt":"shop"},"qlrmc":"张三","qlrzjzl":"1","qlrzjh":"421022197001010112","zl":"示例路1号","cl":[{"clmc":"identity","jg":"match","pzbh":"E1"}],"fj":[]}""";

    private const string Electricity =
        """{"ddbh":"K1","slbh":"L1","ywlx":"2","jklx":"xz","tysbh":"C1","sqrl":8,"qlrmc":"张三","zl":"示例路1号","fjsl":0}""";

    private const string Gas =
        "wldh=K1&xmbh=L1&ywlb=XZ&sqsbh=C1&khmc=%E5%BC%A0%E4%B8%89&yqdz=1&zm1.mc=identity&zm1.jg=match&zm1.bh=E1";

    private const string Television =
        "\"01\",\"K1\",\"L1\",\"新装\",\"C1\",\"2\",\"\",\"\",\"张三\",\"\",\"\",\"\",\"\",\"示例路1号\",\"\",\"\",\"\"\r\n\"99\",\"1\"\r\n";

    private RunningSandbox _sandbox = null!;
    private HandmadeCaller _caller = null!;
    private int _nonce;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _caller = new HandmadeCaller(_sandbox);
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData("water")]
    [InlineData("electricity")]
    [InlineData("gas")]
    [InlineData("television")]
    public async Task The_right_order_is_taken_once(string utility)
    {
        Assert.True((await OrderAsync(utility)).IsSuccessStatusCode);
        Assert.True((await OrderAsync(utility)).IsSuccessStatusCode);
        var effective = await EffectiveAsync(utility);
        Assert.Equal([true, false], effective);
        Assert.Equal("K1", Assert.Single(await HeldAsync()).GetProperty("key").GetString());
    }

    [Theory]
    [InlineData("water", "\"jklx\":\"xz\"", "\"jklx\":\"zz\"")]
    [InlineData("water", "\"tysbh\":\"C1\",", "")]
    [InlineData("water", "\"qxdm\":\"421022\"", "\"qxdm\":\"421023\"")]
    [InlineData("water", "\"fj\":[]", "\"fj\":[{\"clmc\":\"lease\"}]")]
    [InlineData("water", "\"fj\":[]", "\"fj\":[],\"extra\":1")]
    [InlineData("water", "\"fj\":[]", "\"fj\":[],\"zl\":\"twice\"")]
    [InlineData("water", "\"zdll\":2.5", "\"zdll\":\"2.5\"")]
    [InlineData("water", "\"qlrzjzl\":\"1\",", "")]
    [InlineData("water", "\"qqlsh\":\"K1\"", "\"qqlsh\":\"K2\"")]
    [InlineData("electricity", "\"ywlx\":\"2\"", "\"ywlx\":\"1\"")]
    [InlineData("electricity", "\"tysbh\":\"C1\",", "")]
    [InlineData("electricity", "\"fjsl\":0", "\"fjsl\":-1")]
    [InlineData("electricity", "\"fjsl\":0", "\"fjsl\":0,\"extra\":1")]
    [InlineData("electricity", "\"ddbh\":\"K1\"", "\"ddbh\":\"K2\"")]
    [InlineData("gas", "&sqsbh=C1", "")]
    [InlineData("gas", "&sqsbh=C1", "&sqsbh=")]
    [InlineData("gas", "&sqsbh=C1", "&sqsbh=C1&sqsbh=C2")]
    [InlineData("gas", "&sqsbh=C1", "&sqsbh=C1&extra=1")]
    [InlineData("gas", "&zm1.bh=E1", "")]
    [InlineData("gas", "zm1", "zm2")]
    [InlineData("gas", "wldh=K1", "wldh=K2")]
    [InlineData("television", "\"99\",\"1\"", "\"99\",\"2\"")]
    [InlineData("television", "\"新装\"", "\"新\"")]
    [InlineData("television", "\"C1\"", "\"\"")]
    [InlineData("television", "\"C1\"", "\"C1\",\"extra\"")]
    [InlineData("television", "\"K1\"", "\"K2\"")]
    [InlineData("television", "\"99\",\"1\"", "\"02\",\"identity\"\r\n\"99\",\"2\"")]
    [InlineData("television", "\r\n", "\n")]
    public async Task An_order_that_is_wrong_anywhere_is_refused(string utility, string part, string instead)
    {
        Assert.Contains(part, BodyOf(utility), StringComparison.Ordinal);
        using var answer = await OrderAsync(
            utility,
            change: body => body.Replace(part, instead, StringComparison.Ordinal)
        );
        await IsRefusedAsync(utility, answer);
    }

    [Theory]
    [InlineData("water", "text/plain")]
    [InlineData("water", "application/json;charset=GBK")]
    [InlineData("electricity", "text/plain")]
    [InlineData("gas", "application/json")]
    [InlineData("television", "application/octet-stream")]
    public async Task Another_content_type_is_refused(string utility, string contentType)
    {
        using var answer = await OrderAsync(utility, contentType);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        await IsRefusedAsync(utility, answer);
    }

    [Theory]
    [InlineData("water", "X-Signature")]
    [InlineData("electricity", "gateway_sig")]
    [InlineData("gas", "x-tif-signature")]
    [InlineData("television", "Authorization")]
    public async Task A_wrong_or_missing_signature_is_refused(string utility, string header)
    {
        using var without = await OrderAsync(utility, headers: all => [.. all.Where(one => one.Name != header)]);
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        using var wrong = await OrderAsync(
            utility,
            headers: all => [.. all.Where(one => one.Name != header), (header, "Basic wrong")]
        );
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        await IsRefusedAsync(utility, wrong);
    }

    [Theory]
    [InlineData("water", null)]
    [InlineData("water", "K2")]
    [InlineData("electricity", null)]
    [InlineData("electricity", "K2")]
    [InlineData("gas", null)]
    [InlineData("gas", "K2")]
    [InlineData("television", null)]
    [InlineData("television", "K2")]
    public async Task A_call_without_its_key_is_refused(string utility, string? key)
    {
        using var answer = await OrderAsync(utility, key: key);
        await IsRefusedAsync(utility, answer);
    }

    [Theory]
    [InlineData("legs", """{"utility":"water","legId":"L1"}""", HttpStatusCode.BadRequest)]
    [InlineData("legs", """{"utility":"network","legId":"L1","code":"accepted"}""", HttpStatusCode.BadRequest)]
    [InlineData("legs", """{"utility":"water","legId":"L1","code":"accepted","extra":1}""", HttpStatusCode.BadRequest)]
    [InlineData("legs", """{"utility":"water","legId":"L1","code":"accepted","at":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData(
        "legs",
        """{"utility":"water","legId":"L1","code":"x","fees":[{"name":"x"}]}""",
        HttpStatusCode.BadRequest
    )]
    [InlineData("legs", """{"utility":"water","legId":"L9","code":"accepted"}""", HttpStatusCode.NotFound)]
    [InlineData("legs", """{"utility":"water","key":"K1","code":"accepted"}""", HttpStatusCode.NoContent)]
    [InlineData("legs/auto", """{"utility":"water","on":1}""", HttpStatusCode.BadRequest)]
    [InlineData("accounts", """{"utility":"water","account":"1","holder":"nobody"}""", HttpStatusCode.BadRequest)]
    [InlineData("visits", """{"utility":"water"}""", HttpStatusCode.BadRequest)]
    [InlineData("visits", "[]", HttpStatusCode.BadRequest)]
    public async Task Control_takes_what_was_agreed(string what, string body, HttpStatusCode status)
    {
        await OrderAsync("water");
        using var answer = await _caller.PostAsync($"/sandbox/{what}", body);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_reset_forgets_legs()
    {
        await OrderAsync("water");
        using var reset = await _caller.PostAsync("/sandbox/reset", "");
        Assert.Empty(await HeldAsync());
    }

    [Fact]
    public async Task Nothing_of_the_form_is_shown()
    {
        await OrderAsync("water");
        var shown =
            await _sandbox.Http.GetStringAsync("/sandbox/legs") + await _sandbox.Http.GetStringAsync("/sandbox/calls");
        Assert.Contains("applicant.name", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("张三", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("421022197001010112", shown, StringComparison.Ordinal);
    }

    private static string BodyOf(string utility) =>
        utility switch
        {
            "water" => Water,
            "electricity" => Electricity,
            "gas" => Gas,
            _ => Television,
        };

    private async Task<HttpResponseMessage> OrderAsync(
        string utility,
        string? contentType = null,
        Func<string, string>? change = null,
        Func<(string Name, string Value)[], (string Name, string Value)[]>? headers = null,
        string? key = "K1"
    )
    {
        var (path, usual) = utility switch
        {
            "water" => ("/water/api/order", "application/json"),
            "electricity" => ("/electricity/orders", "application/json"),
            "gas" => ("/gas/service/order.do", "application/x-www-form-urlencoded"),
            _ => ("/television/in/K1.order.csv", "text/csv;charset=utf-8"),
        };
        using var request = new HttpRequestMessage(
            utility == "television" ? HttpMethod.Put : HttpMethod.Post,
            new Uri(path, UriKind.Relative)
        );
        var body = change?.Invoke(BodyOf(utility)) ?? BodyOf(utility);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType ?? usual);
        var signed = await SignedAsync(utility);
        foreach (var (name, value) in headers?.Invoke(signed) ?? signed)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await _sandbox.Http.SendAsync(request);
    }

    private async Task<(string Name, string Value)[]> SignedAsync(string utility)
    {
        var credentials = _sandbox.Credentials;
        var nonce = $"n{++_nonce}";
        switch (utility)
        {
            case "water":
                var (id, stamp) = (credentials.WaterClientId, _caller.Milliseconds);
                return
                [
                    ("X-Client-Id", id),
                    ("X-Timestamp", stamp),
                    ("X-Nonce", nonce),
                    ("X-Signature", Hmac(credentials.WaterClientSecret, id + stamp + nonce)),
                ];
            case "electricity":
                var issued = await JsonAsync(
                    await _caller.PostAsync(
                        "/electricity/gateway/token",
                        "",
                        headers: Gateway(credentials.ElectricityAppKey)
                    )
                );
                var token = issued.GetProperty("data").GetProperty("access_token").GetString()!;
                return Gateway(Decrypt(credentials.ElectricityAppKey, token));
            case "gas":
                var time = _caller.Seconds;
                var text = Encoding.UTF8.GetBytes(time + credentials.GasToken + nonce + time);
                return
                [
                    ("x-tif-paasid", credentials.GasPaasId),
                    ("x-tif-timestamp", time),
                    ("x-tif-nonce", nonce),
                    ("x-tif-signature", Convert.ToHexStringLower(SHA256.HashData(text))),
                ];
            default:
                var plain = $"{credentials.TelevisionUser}:{credentials.TelevisionPassword}";
                return [("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(plain))}")];
        }
    }

    private (string Name, string Value)[] Gateway(string key)
    {
        var (id, time) = (_sandbox.Credentials.ElectricityAppId, _caller.Milliseconds);
        return [("gateway_appid", id), ("gateway_rtime", time), ("gateway_sig", Hmac(key, id + time))];
    }

    private async Task IsRefusedAsync(string utility, HttpResponseMessage answer)
    {
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(
            !answer.IsSuccessStatusCode
                || said.Contains("\"code\":\"1\"", StringComparison.Ordinal)
                || said.Contains("<rtnCode>2001</rtnCode>", StringComparison.Ordinal),
            said
        );
        Assert.Empty(await HeldAsync());
        Assert.DoesNotContain(true, await EffectiveAsync(utility));
    }

    private async Task<JsonElement[]> HeldAsync() =>
        [.. JsonDocument.Parse(await _sandbox.Http.GetStringAsync("/sandbox/legs")).RootElement.EnumerateArray()];

    private async Task<bool[]> EffectiveAsync(string utility) =>
        [
            .. JsonDocument
                .Parse(await _sandbox.Http.GetStringAsync("/sandbox/calls"))
                .RootElement.EnumerateArray()
                .Where(call =>
                    call.GetProperty("agency").GetString() == utility
                    && call.GetProperty("operation").GetString() == "order"
                )
                .Select(call => call.GetProperty("effective").GetBoolean()),
        ];
}
