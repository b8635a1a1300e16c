using Microsoft.Extensions.Options;

namespace Integration.Gateway.Clocks;

/// <summary>How limits are counted. Section <c>Gateway:Clocks</c>.</summary>
internal sealed record ClockOptions
{
    public const string Section = "Gateway:Clocks";

    /// <summary>Business hours of a working day, Asia/Shanghai. Empty (the default) means 08:30-12:00 and 14:00-17:30.</summary>
    public IReadOnlyList<string> Hours { get; init; } = [];

    /// <summary>Whether a working day of acceptance is day 1. Default false: it is day 0.</summary>
    public bool AcceptanceDayCounts { get; init; }

    /// <summary>
    /// A folder of <c>YYYY.json</c> (form of the holiday-cn project), for years that were announced after this version was
    /// made; they replace the built-in ones. Default none.
    /// </summary>
    public string? Calendars { get; init; }

    /// <summary>The hours in force; a list in configuration is added to, so the default cannot be the list itself.</summary>
    public IReadOnlyList<string> HoursInForce => Hours.Count > 0 ? Hours : ["08:30-12:00", "14:00-17:30"];
}

/// <summary>Lists every fault of the section and of the calendars at start.</summary>
internal sealed class ClockOptionsValidator : IValidateOptions<ClockOptions>
{
    public ValidateOptionsResult Validate(string? name, ClockOptions options)
    {
        var faults = new List<string>();
        BusinessHours.Parse(options.HoursInForce, faults);
        CalendarFiles.In(options.Calendars, faults);
        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"{ClockOptions.Section}: {fault}"));
    }
}
