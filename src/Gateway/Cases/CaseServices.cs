using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.Cases;

internal static class CaseServices
{
    /// <summary><see cref="CaseBook"/> and what watches its clocks.</summary>
    public static void AddCases(this IServiceCollection services)
    {
        services.AddSingleton<CaseBook>();
        services.AddTimerHandler<ClockWatch>();
    }
}
