using Integration.Gateway.Clocks.Loading;
using Integration.Gateway.Platform.Settings;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Clocks;

/// <summary>Calendar and clock for every flow.</summary>
internal static class ClockServices
{
    public static void AddClocks(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ClockOptions>, ClockOptionsValidator>();
        services.AddStrictOptions<ClockOptions>(ClockOptions.Section);
        services.AddSingleton<CalendarCache>();
        services.AddHostedService(provider => provider.GetRequiredService<CalendarCache>());
        services.AddSingleton<LoadCalendar>();
        services.AddSingleton(Clock);
        services.AddSingleton<SlaClock>();
    }

    /// <summary>Each question is answered by the calendars in force when it is asked.</summary>
    private static LimitClock Clock(IServiceProvider provider)
    {
        var calendars = provider.GetRequiredService<CalendarCache>();
        var options = provider.GetRequiredService<IOptions<ClockOptions>>().Value;
        return new LimitClock(
            () => calendars.Edition.Calendar,
            BusinessHours.Parse(options.HoursInForce, [])!,
            options.AcceptanceDayCounts
        );
    }
}
