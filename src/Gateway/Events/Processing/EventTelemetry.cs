using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Integration.Gateway.Events.Processing;

/// <summary>Spans and figures of the inbox.</summary>
internal static class EventTelemetry
{
    public const string Name = "Integration.Events";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter s_meter = new(Name);

    /// <summary>Events that were processed, by result.</summary>
    public static readonly Counter<long> Processed = s_meter.CreateCounter<long>(
        "integration.events.processed",
        "{event}"
    );

    /// <summary>Events that could not be processed.</summary>
    public static readonly Counter<long> DeadLetters = s_meter.CreateCounter<long>(
        "integration.events.dead_letters",
        "{event}"
    );

    /// <summary>Events that came before an earlier one of their enterprise.</summary>
    public static readonly Counter<long> Gaps = s_meter.CreateCounter<long>("integration.events.gaps", "{event}");

    public static void CountProcessed(string result) =>
        Processed.Add(1, new KeyValuePair<string, object?>("result", result));
}
