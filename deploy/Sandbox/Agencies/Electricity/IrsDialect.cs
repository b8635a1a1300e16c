using Integration.Sandbox.Door;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.Electricity;

/// <summary>The IRS dialect: a refresh secret (48 h) buys request secrets (15 min); calls are signed under the latter.</summary>
internal sealed class IrsDialect(SandboxSettings settings)
{
    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromHours(48);
    private static readonly TimeSpan RequestLifetime = TimeSpan.FromMinutes(15);
    private readonly IssuedTokens _refreshSecrets = new(settings.Time);
    private readonly IssuedTokens _requestSecrets = new(settings.Time);

    /// <summary>Null when the signature is refused.</summary>
    public Answer? RefreshByKey(AgencyCall call) => Issue(call, [settings.Credentials.ElectricityIrsAppSecret]);

    /// <summary>Null when the signature is refused.</summary>
    public Answer? RefreshBySecret(AgencyCall call) => Issue(call, _refreshSecrets.InForce);

    public bool IsSigned(AgencyCall call) => IsSignedUnder(call, _requestSecrets.InForce);

    public void Forget()
    {
        _refreshSecrets.Clear();
        _requestSecrets.Clear();
    }

    private Answer? Issue(AgencyCall call, IEnumerable<string> secrets)
    {
        if (!IsSignedUnder(call, secrets))
        {
            return null;
        }

        return Answer.Json(
            "issued",
            json =>
            {
                json.WriteString("code", "00");
                json.WriteStartObject("datas");
                json.WriteString("refreshSecret", _refreshSecrets.Issue(RefreshLifetime));
                json.WriteNumber("refreshSecretEndTime", (call.Now + RefreshLifetime).ToUnixTimeMilliseconds());
                json.WriteString("requestSecret", _requestSecrets.Issue(RequestLifetime));
                json.WriteNumber("requestSecretEndTime", (call.Now + RequestLifetime).ToUnixTimeMilliseconds());
                json.WriteEndObject();
            }
        );
    }

    private bool IsSignedUnder(AgencyCall call, IEnumerable<string> secrets)
    {
        var appKey = settings.Credentials.ElectricityIrsAppKey;
        return call.Header("appKey") == appKey
            && call.Header("requestTime") is { } requestTime
            && call.Header("sign") is { } signature
            && TimeStamps.AreFresh(requestTime, call.Now, TimeStamps.Usual)
            && secrets.Any(secret => Signatures.AreSame(Signatures.Md5Hex(appKey + secret + requestTime), signature));
    }
}
