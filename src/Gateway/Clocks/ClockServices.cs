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
        services.AddSingleton(provider => Calendar(Options(provider)));
        services.AddSingleton(provider => Clock(provider.GetRequiredService<WorkingCalendar>(), Options(provider)));
        services.AddSingleton<SlaClock>();
    }

    private static ClockOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<ClockOptions>>().Value;

    private static WorkingCalendar Calendar(ClockOptions options)
    {
        var own = CalendarFiles.In(options.Calendars, []);
        return new WorkingCalendar(own.UnionBy(CalendarFiles.Embedded(), year => year.Year));
    }

    private static LimitClock Clock(WorkingCalendar calendar, ClockOptions options) =>
        new(calendar, BusinessHours.Parse(options.HoursInForce, [])!, options.AcceptanceDayCounts);
}
