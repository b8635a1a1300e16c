using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Integration.Gateway.Platform.Timers;

internal static class TimerServices
{
    /// <summary><see cref="DurableTimer"/>. Needs the database.</summary>
    public static void AddDurableTimers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimerScheduler>();
        builder.Services.AddSingleton<IInterceptor, TimerInterceptor>();
        builder.Services.AddSingleton<TimerJob>();
        builder.Services.AddHostedService<TimerEngine>();
    }

    /// <summary>Registers what happens when a timer of the handler's kind is due.</summary>
    public static void AddTimerHandler<THandler>(this IServiceCollection services)
        where THandler : class, ITimerHandler => services.AddSingleton<ITimerHandler, THandler>();
}
