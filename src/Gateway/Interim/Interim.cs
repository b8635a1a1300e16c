#pragma warning disable
using Integration.Adapters.Ports;

namespace Integration.Gateway.Limits
{
    internal static class Priorities
    {
        public static CallPriority GetPriority(this HttpContext _) => CallPriority.Live;
    }
}
