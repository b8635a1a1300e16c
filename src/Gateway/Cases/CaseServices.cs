using Integration.Gateway.Cases.Deadlines;
using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.Cases;

internal static class CaseServices
{
    /// <summary><see cref="CaseStore"/> and what watches its clocks.</summary>
    public static void AddCases(this IServiceCollection services)
    {
        services.AddSingleton<CaseStore>();
        services.AddSingleton<TeamStore>();
        services.AddSingleton<CaseActors>();
        services.AddSingleton<CaseAccess>();
        services.AddSingleton<CaseTimeline>();
        services.AddSingleton<ICaseHistory, NoticeHistory>();
        services.AddSingleton<CaseInspector>();
        services.AddSingleton<CaseQuery>();
        services.AddSingleton<CaseHandlers>();
        services.AddSingleton<LimitReport>();
        services.AddTimerHandler<CaseDeadlineTimer>();
        services.AddTimerHandler<TeamDeadlineTimer>();
        services.AddSingleton<CaseSweep>();
        services.AddSingleton<ITimerHandler>(provider => provider.GetRequiredService<CaseSweep>());
        services.AddHostedService(provider => provider.GetRequiredService<CaseSweep>());
        services.AddHostedService<UnreadClocks>();
    }
}
