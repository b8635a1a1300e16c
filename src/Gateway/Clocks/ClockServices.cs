using Integration.Gateway.Clocks.Loading;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Clocks;

/// <summary>Calendar and clock for every flow.</summary>
internal static class ClockServices
{
    public static void AddClocks(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ClockOptions>, ClockOptionsValidator>();
        services
            .AddOptions<ClockOptions>()
            .BindConfiguration(ClockOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<CalendarBoard>();
        services.AddHostedService(provider => provider.GetRequiredService<CalendarBoard>());
        services.AddSingleton<LoadCalendar>();
        services.AddSingleton(Clock);
        services.AddSingleton<SlaClock>();
    }

    /// <summary>Each question is answered by the calendars in force when it is asked.</summary>
    private static LimitClock Clock(IServiceProvider provider)
    {
        var board = provider.GetRequiredService<CalendarBoard>();
        var options = provider.GetRequiredService<IOptions<ClockOptions>>().Value;
        return new LimitClock(
            () => board.Edition.Calendar,
            BusinessHours.Parse(options.HoursInForce, [])!,
            options.AcceptanceDayCounts
        );
    }
}
