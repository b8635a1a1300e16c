using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Settings;

internal static class StrictOptions
{
    /// <summary>Binds a section: a setting that is unknown or out of its limits ends the start, with all faults at once.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">Its name, e.g. <c>Gateway:Limits</c>.</param>
    public static OptionsBuilder<TOptions> AddStrictOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class =>
        services
            .AddOptions<TOptions>()
            .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
}
