using System.Globalization;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Sources;

/// <summary>How received events are worked on. Section <c>Gateway:Events:Processing</c>.</summary>
internal sealed record ProcessingOptions
{
    public const string Section = $"{EventOptions.Section}:Processing";

    /// <summary>Enterprises worked on side by side on one node. 1 to 64, default 8.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>
    /// With so many deliveries being answered at once the worker starts nothing new, for five minutes at most. 1 to 10000, default 16.
    /// </summary>
    public int StandBackFrom { get; init; } = 16;

    /// <summary>
    /// How long an event waits for a missing earlier one of its enterprise, minutes; never past half of the time left to accept
    /// it. 0 to 1440, default 15.
    /// </summary>
    public int PatienceMinutes { get; init; } = 15;

    /// <summary>When each source is asked at night for what we lack, time of day in Asia/Shanghai. <c>HH:mm</c>, default 01:30.</summary>
    public string SweepAt { get; init; } = "01:30";

    /// <summary><see cref="SweepAt"/>, which was checked at start.</summary>
    public TimeOnly SweepTime => TimeOnly.ParseExact(SweepAt, "HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>Refuses at start what would fail later.</summary>
internal sealed class ProcessingOptionsValidator : IValidateOptions<EventOptions>
{
    public ValidateOptionsResult Validate(string? name, EventOptions options)
    {
        var faults = Faults(options.Processing).Select(fault => $"{ProcessingOptions.Section}:{fault}").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ProcessingOptions options)
    {
        if (options.Parallel is < 1 or > 64)
        {
            yield return $"{nameof(options.Parallel)}: 1 to 64.";
        }

        if (options.StandBackFrom is < 1 or > 10_000)
        {
            yield return $"{nameof(options.StandBackFrom)}: 1 to 10000.";
        }

        if (options.PatienceMinutes is < 0 or > 1440)
        {
            yield return $"{nameof(options.PatienceMinutes)}: 0 to 1440.";
        }

        if (!TimeOnly.TryParseExact(options.SweepAt, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            yield return $"{nameof(options.SweepAt)}: a time of day as HH:mm.";
        }
    }
}
