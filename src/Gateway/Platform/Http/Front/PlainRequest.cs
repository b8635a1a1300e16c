using Microsoft.AspNetCore.Http.Features;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>
/// Nothing is upgraded here, so a request that asks for it is an ordinary one. Kestrel would hand out the rest of the
/// connection as its body; here it has none.
/// </summary>
internal static class PlainRequest
{
    public static void Make(HttpContext context)
    {
        var features = context.Features;
        if (features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true })
        {
            return;
        }

        context.Request.Body = Stream.Null;
        context.Request.Headers.Remove("Upgrade");
        context.Request.Headers.Remove("HTTP2-Settings");
        features.Set<IHttpUpgradeFeature>(new NoUpgrade());
        features.Set<IHttpRequestBodyDetectionFeature>(new WithoutBody());
    }

    private sealed class NoUpgrade : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => false;

        public Task<Stream> UpgradeAsync() => throw new InvalidOperationException("Nothing is upgraded here.");
    }

    private sealed class WithoutBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => false;
    }
}
