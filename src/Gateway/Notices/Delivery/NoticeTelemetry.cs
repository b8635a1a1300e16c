using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Integration.Gateway.Notices.Delivery;

/// <summary>Spans and figures of deliveries. Labels: the subscriber's name from the settings, and an outcome of a closed set.</summary>
internal static class NoticeTelemetry
{
    public const string Name = "Integration.Notices";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter s_meter = new(Name);

    private static readonly Counter<long> s_attempts = s_meter.CreateCounter<long>(
        "integration.notices.attempts",
        "{attempt}",
        "Attempts to deliver a notice, by what came of them: delivered, again, dead-letter."
    );

    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>(
        "integration.notices.duration",
        "s",
        "Time of an attempt."
    );

    private static readonly Counter<long> s_folded = s_meter.CreateCounter<long>(
        "integration.notices.folded",
        "{notice}",
        "Notices that are not told because a newer one says the same."
    );

    public static void Folded(string subscriber, int count) =>
        s_folded.Add(count, new KeyValuePair<string, object?>("subscriber", subscriber));

    public static void Record(Activity? span, string subscriber, string outcome, TimeSpan duration)
    {
        var name = new KeyValuePair<string, object?>("subscriber", subscriber);
        s_attempts.Add(1, name, new("outcome", outcome));
        s_duration.Record(duration.TotalSeconds, name);
        span?.SetTag("subscriber", subscriber).SetTag("outcome", outcome);
        if (outcome != "delivered")
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }
    }
}
