using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Settings;

namespace Integration.Gateway.Limits;

internal static class LimitServices
{
    /// <summary>What callers may send, and days counted over all nodes. Needs callers and the database.</summary>
    public static void AddLimits(this IServiceCollection services)
    {
        services.AddStrictOptions<LimitOptions>(LimitOptions.Section);
        services.AddSingleton<CallerGates>();
        services.AddSingleton<LoadShedding>();
        services.AddSingleton<LimitMetrics>();
        services.AddSingleton<IDailyQuotas, DailyQuotas>();
    }

    /// <summary>Behind authentication, before every endpoint.</summary>
    public static void UseLimits(this WebApplication app) => app.UseMiddleware<CallerLimiting>();
}
