using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Integration.Adapters.Tests.Sandbox;

/// <summary>A caller of the agencies written by hand, so that sandbox and adapters do not vouch for each other.</summary>
internal sealed class HandmadeCaller(RunningSandbox sandbox)
{
    public string Rid { get; init; } = sandbox.Credentials.ExchangeRid;

    /// <summary>How far the caller's clock is off.</summary>
    public TimeSpan Skew { get; init; }

    public string Milliseconds =>
        (sandbox.Clock.GetUtcNow() + Skew).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public string Seconds =>
        (sandbox.Clock.GetUtcNow() + Skew).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static string Hmac(string key, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));

    /// <summary>The four exchange fields in the agreed order.</summary>
    public (string Name, string Value)[] ExchangeFields(string sid, string key)
    {
        var rtime = Milliseconds;
        return
        [
            ("gjgxjhpt_rid", Rid),
            ("gjgxjhpt_sid", sid),
            ("gjgxjhpt_rtime", rtime),
            ("gjgxjhpt_sign", Hmac(key, sid + Rid + rtime)),
        ];
    }

    public async Task<string> CallSecretAsync(string sid)
    {
        var answer = await JsonAsync(await RefreshAsync(ExchangeFields(sid, sandbox.Credentials.ExchangeAppKey)));
        var encrypted = answer.GetProperty("data").GetProperty("secret").GetString()!;
        return Decrypt(sandbox.Credentials.ExchangeAppKey, encrypted);
    }

    public static string Decrypt(string appKey, string encrypted)
    {
        using var aes = Aes.Create();
        aes.Key = SHA1.HashData(SHA1.HashData(Encoding.UTF8.GetBytes(appKey)))[..16];
        return Encoding.UTF8.GetString(aes.DecryptEcb(Convert.FromBase64String(encrypted), PaddingMode.PKCS7));
    }

    public Task<HttpResponseMessage> RefreshAsync((string Name, string Value)[] fields) =>
        PostAsync("/exchange/sysapi/auth/refreshappsecret", JsonOf(fields));

    public Task<HttpResponseMessage> RestAsync(
        (string Name, string Value)[] fields,
        string body,
        string contentType = "application/json",
        CancellationToken cancellationToken = default
    ) => SendAsync("/exchange/httpproxy", body, contentType, fields, cancellationToken);

    public Task<HttpResponseMessage> SoapAsync(
        (string Name, string Value)[] fields,
        string operation,
        string package,
        (string Name, string Value)[]? header = null,
        string? password = null,
        string soapAction = "\"\""
    )
    {
        var element = string.Concat((header ?? fields).Select(field => $"<{field.Name}>{field.Value}</{field.Name}>"));
        var in2 = Convert.ToBase64String(Encoding.UTF8.GetBytes(password ?? sandbox.Credentials.PopulationPassword));
        var envelope =
            $"<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:web=\"http://webservice.tongtech.com/\"><soapenv:Header><tongtechheader>{element}</tongtechheader></soapenv:Header><soapenv:Body><web:{operation}><in0><![CDATA[{package}]]></in0><in1>{sandbox.Credentials.PopulationUser}</in1><in2>{in2}</in2></web:{operation}></soapenv:Body></soapenv:Envelope>";
        return PostAsync("/exchange/wsproxy", envelope, "text/xml", [.. fields, ("SOAPAction", soapAction)]);
    }

    /// <summary>A complete package; <paramref name="without"/> leaves one header field out.</summary>
    public static string Package(string idNumber, string name, string? without = null)
    {
        (string Name, string Value)[] head =
        [
            ("FWQQBH", "REQ-1"),
            ("QQBWDM", "GK_GXFW_SFHC"),
            ("QQBWMC", "身份核查"),
            ("SJLYXTDM", "S1"),
            ("SJLYXTMC", "获得电力"),
            ("JLS", "1"),
            ("FSSJ", "20261123100000"),
            ("QQRGMSFHM", "421022197001010112"),
            ("QQRXM", "经办人"),
            ("QQRDWDM", "D1"),
            ("QQRDWMC", "供电公司"),
            ("QQYWLXDM", "Y1"),
            ("QQYWLXMC", "用电报装"),
            ("QQYWXTDM", "X1"),
            ("QQYWXTMC", "网上办事大厅"),
        ];
        var fields = string.Concat(
            head.Where(field => field.Name != without).Select(field => $"<{field.Name}>{field.Value}</{field.Name}>")
        );
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><PACKAGE><PACKAGEHEAD>{fields}</PACKAGEHEAD><DATA><RECORD no=\"1\"><GMSFHM>{idNumber}</GMSFHM><XM>{name}</XM></RECORD></DATA></PACKAGE>";
    }

    public Task<HttpResponseMessage> PostAsync(
        string path,
        string body,
        string contentType = "application/json",
        params (string Name, string Value)[] headers
    ) => SendAsync(path, body, contentType, headers, CancellationToken.None);

    private async Task<HttpResponseMessage> SendAsync(
        string path,
        string body,
        string contentType,
        (string Name, string Value)[] headers,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse($"{contentType};charset=UTF-8");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await sandbox.Http.SendAsync(request, cancellationToken);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    public static string JsonOf(params (string Name, string Value)[] members) =>
        JsonSerializer.Serialize(members.ToDictionary(member => member.Name, member => member.Value));
}
