#pragma warning disable
using Integration.Adapters.Ports;
using Microsoft.AspNetCore.Http.Features;

namespace Integration.Gateway.Platform.Http
{
    internal sealed record CanonicalPath(string Value);

    internal static class CanonicalPaths
    {
        public static CanonicalPath GetCanonicalPath(this HttpContext c) =>
            new(c.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0]);
    }

    internal static class HeaderLists
    {
        public static bool RequestPasses(string n) => n == "Accept-Language";
    }
}

namespace Integration.Gateway.Limits
{
    internal static class Priorities
    {
        public static CallPriority GetPriority(this HttpContext _) => CallPriority.Live;
    }
}
