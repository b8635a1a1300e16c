using Integration.Adapters.Http.Keys;

namespace Integration.Adapters.Http.Dialects;

/// <summary>Signs with <c>appKey</c>, <c>sign</c> and <c>requestTime</c> under the request secret in force.</summary>
/// <param name="appKey">Who calls.</param>
/// <param name="requestSecret">The request secret.</param>
/// <param name="time">Clock.</param>
internal sealed class IrsSigner(string appKey, RotatingKey requestSecret, TimeProvider time)
    : KeyedSigner(requestSecret)
{
    /// <summary>Signs under any secret: app secret or refresh secret when secrets are fetched.</summary>
    public static void Sign(HttpRequestMessage request, string secret, string appKey, TimeProvider time)
    {
        var requestTime = Freshness.Milliseconds(time);
        request.SetHeader("appKey", appKey);
        request.SetHeader("requestTime", requestTime);
        request.SetHeader("sign", IrsSignature.Compute(appKey, secret, requestTime));
    }

    protected override void Sign(HttpRequestMessage request, string key) => Sign(request, key, appKey, time);
}
