using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Integration.Gateway.Platform.Timers;

internal static class TimerServices
{
    /// <summary><see cref="DurableTimer"/>. Needs the database.</summary>
    public static void AddDurableTimers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WorkSignal<TimerRow>>();
        builder.Services.AddSingleton<IInterceptor, TimerInterceptor>();
        builder.Services.AddSingleton<TimerClaims>();
        builder.Services.AddSingleton<TimerRunner>();
        builder.Services.AddSingleton<TimerEngine>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TimerEngine>());
    }

    /// <summary>Registers what happens when a timer of the handler's kind is due.</summary>
    public static void AddTimerHandler<THandler>(this IServiceCollection services)
        where THandler : class, ITimerHandler => services.AddSingleton<ITimerHandler, THandler>();
}
