using Integration.Sandbox.Door;
using Integration.Sandbox.Signing;

namespace Integration.Sandbox.Agencies.Electricity;

/// <summary>The <c>gateway_*</c> dialect: a token signed for under the app key, calls signed under the token.</summary>
internal sealed class GatewayDialect(SandboxSettings settings)
{
    private const int TokenSeconds = 7200;
    private readonly IssuedTokens _tokens = new(settings.Time);

    /// <summary>Null when the signature is refused.</summary>
    public Answer? IssueToken(AgencyCall call)
    {
        var appKey = settings.Credentials.ElectricityAppKey;
        if (!IsSignedUnder(call, [appKey]))
        {
            return null;
        }

        return Answer.Json(
            "issued",
            json =>
            {
                var token = _tokens.Issue(TimeSpan.FromSeconds(TokenSeconds));
                json.WriteNumber("code", 0);
                json.WriteStartObject("data");
                json.WriteString("access_token", Signatures.Encrypt(appKey, token, SecretCipher.Ecb));
                json.WriteNumber("expires_in", TokenSeconds);
                json.WriteEndObject();
            }
        );
    }

    public bool IsSigned(AgencyCall call) => IsSignedUnder(call, _tokens.InForce);

    public void Forget() => _tokens.Clear();

    private bool IsSignedUnder(AgencyCall call, IEnumerable<string> keys)
    {
        var appId = settings.Credentials.ElectricityAppId;
        return call.Header("gateway_appid") == appId
            && call.Header("gateway_rtime") is { } rtime
            && call.Header("gateway_sig") is { } signature
            && TimeStamps.AreFresh(rtime, call.Now, TimeStamps.Usual)
            && keys.Any(key => Signatures.AreSame(Signatures.Hmac(key, appId + rtime), signature));
    }
}
