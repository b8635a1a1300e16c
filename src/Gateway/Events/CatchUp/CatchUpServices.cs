using Integration.Gateway.Platform.Timers;

namespace Integration.Gateway.Events.CatchUp;

internal static class CatchUpServices
{
    /// <summary>Asks sources for what did not come: at a gap, and every night.</summary>
    public static void AddEventCatchUp(this IServiceCollection services)
    {
        services.AddSingleton<AskSource>();
        services.AddSingleton<SequenceGaps>();
        services.AddTimerHandler<CatchUpTimer>();
        services.AddTimerHandler<SweepTimer>();
        services.AddHostedService<SweepStart>();
    }
}
