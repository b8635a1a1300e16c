using Integration.Adapters.Http.Keys;

namespace Integration.Adapters.Http.Dialects;

/// <summary>Signs with <c>gateway_*</c> under the token in force.</summary>
/// <param name="appId">Who calls.</param>
/// <param name="token">The decrypted token.</param>
/// <param name="time">Clock.</param>
internal sealed class GatewaySigner(string appId, RotatingKey token, TimeProvider time) : KeyedSigner(token)
{
    /// <summary>Signs under any key: the app key when a token is fetched.</summary>
    public static void Sign(HttpRequestMessage request, string key, string appId, TimeProvider time)
    {
        var rtime = Freshness.Milliseconds(time);
        request.SetHeader("gateway_appid", appId);
        request.SetHeader("gateway_rtime", rtime);
        request.SetHeader("gateway_sig", GatewaySignature.Compute(key, appId, rtime));
    }

    protected override void Sign(HttpRequestMessage request, string key) => Sign(request, key, appId, time);
}
