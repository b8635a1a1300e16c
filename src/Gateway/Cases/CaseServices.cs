using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.Cases;

internal static class CaseServices
{
    /// <summary><see cref="CaseBook"/> and what watches its clocks.</summary>
    public static void AddCases(this IServiceCollection services)
    {
        services.AddSingleton<CaseBook>();
        services.AddSingleton<CaseActors>();
        services.AddSingleton<CaseDesk>();
        services.AddSingleton<CaseTimeline>();
        services.AddSingleton<InspectCase>();
        services.AddSingleton<ShowCase>();
        services.AddSingleton<ReportOnCase>();
        services.AddSingleton<ReportLimits>();
        services.AddTimerHandler<ClockWatch>();
        services.AddTimerHandler<TeamWatch>();
        services.AddSingleton<CaseSweep>();
        services.AddSingleton<ITimerHandler>(provider => provider.GetRequiredService<CaseSweep>());
        services.AddHostedService(provider => provider.GetRequiredService<CaseSweep>());
        services.AddHostedService<UnreadClocks>();
    }
}
