using System.Diagnostics.Metrics;

namespace Integration.Gateway.Events.Inbox;

/// <summary>Events that came; labels come from closed lists.</summary>
internal sealed class EventMetrics
{
    private readonly Counter<long> _received;
    private readonly Counter<long> _conflicts;

    public EventMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Integration.Gateway.Events");
        _received = meter.CreateCounter<long>(
            "integration.events.received",
            "{event}",
            "Events that were handed in, by what came of it: accepted, duplicate, or the code of a problem."
        );
        _conflicts = meter.CreateCounter<long>(
            "integration.events.conflicts",
            "{event}",
            "Events that came under an id that another event has."
        );
    }

    /// <summary>One event, or one delivery that was refused as a whole.</summary>
    /// <param name="outcome"><c>accepted</c>, <c>duplicate</c>, or a problem's code.</param>
    public void Received(string outcome) => _received.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Conflict() => _conflicts.Add(1);
}
