using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Integration.Sandbox;
using Integration.Sandbox.Signing;
using static Integration.Adapters.Tests.Sandbox.HandmadeCaller;

namespace Integration.Adapters.Tests.Sandbox;

/// <summary>What provinces do differently; the sandbox accepts exactly what it is set to.</summary>
public class ExchangeDialectTests
{
    private const string Sid = "s_enterprise_query";
    private const string Refresh = "/exchange/sysapi/auth/refreshappsecret";

    [Theory]
    [InlineData(nameof(RefreshPlacement.Body), true, false, "0")]
    [InlineData(nameof(RefreshPlacement.Body), false, true, "-1")]
    [InlineData(nameof(RefreshPlacement.Headers), false, true, "0")]
    [InlineData(nameof(RefreshPlacement.Headers), true, false, "-1")]
    [InlineData(nameof(RefreshPlacement.Both), true, true, "0")]
    [InlineData(nameof(RefreshPlacement.Both), true, false, "-1")]
    [InlineData(nameof(RefreshPlacement.Both), false, true, "-1")]
    public async Task Refresh_fields_stand_where_the_platform_wants_them(
        string placement,
        bool inBody,
        bool inHeaders,
        string code
    )
    {
        await using var sandbox = await RunningSandbox.StartAsync(settings =>
            settings with
            {
                RefreshPlacement = Enum.Parse<RefreshPlacement>(placement),
            }
        );
        var caller = new HandmadeCaller(sandbox);
        var fields = caller.ExchangeFields(Sid, sandbox.Credentials.ExchangeAppKey);

        var answer = await caller.PostAsync(Refresh, inBody ? JsonOf(fields) : "{}", headers: inHeaders ? fields : []);

        Assert.Equal(code, (await JsonAsync(answer)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Fields_that_differ_between_body_and_headers_are_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync(settings =>
            settings with
            {
                RefreshPlacement = RefreshPlacement.Both,
            }
        );
        var caller = new HandmadeCaller(sandbox);
        var (body, headers) = (
            caller.ExchangeFields(Sid, sandbox.Credentials.ExchangeAppKey),
            caller.ExchangeFields("s_enterprise_verify", sandbox.Credentials.ExchangeAppKey)
        );

        var answer = await caller.PostAsync(Refresh, JsonOf(body), headers: headers);

        Assert.Equal("-1", (await JsonAsync(answer)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_secret_can_come_in_cbc_and_the_code_as_a_number()
    {
        await using var sandbox = await RunningSandbox.StartAsync(settings =>
            settings with
            {
                SecretCipher = SecretCipher.Cbc,
                NumericCode = true,
            }
        );
        var caller = new HandmadeCaller(sandbox);

        var answer = await JsonAsync(
            await caller.RefreshAsync(caller.ExchangeFields(Sid, sandbox.Credentials.ExchangeAppKey))
        );

        Assert.Equal(JsonValueKind.Number, answer.GetProperty("code").ValueKind);
        var encrypted = answer.GetProperty("data").GetProperty("secret").GetString()!;
        Assert.Matches("^[0-9a-f]{32}$", DecryptCbc(sandbox.Credentials.ExchangeAppKey, encrypted));
    }

    private static string DecryptCbc(string appKey, string encrypted)
    {
        using var aes = Aes.Create();
        aes.Key = SHA1.HashData(SHA1.HashData(Encoding.UTF8.GetBytes(appKey)))[..16];
        var plain = aes.DecryptCbc(Convert.FromBase64String(encrypted), "AESCBCPKCS5Paddi"u8, PaddingMode.PKCS7);
        return Encoding.UTF8.GetString(plain);
    }
}
