using System.Diagnostics.Metrics;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>How many requests the front filter refused; the label is one of <see cref="FrontRule.All"/>.</summary>
internal sealed class FrontMetrics(IMeterFactory meters)
{
    public const string MeterName = "Integration.Gateway.Front";

    private readonly Counter<long> _refused = meters
        .Create(MeterName)
        .CreateCounter<long>("integration.front.refused", description: "Requests refused before routing, by rule.");

    private readonly Counter<long> _connections = meters
        .Create(MeterName)
        .CreateCounter<long>(
            "integration.front.connections_refused",
            description: "Connections closed at once because their address held too many."
        );

    public void Refused(FrontRule rule) => _refused.Add(1, KeyValuePair.Create<string, object?>("rule", rule.Name));

    public void ConnectionRefused() => _connections.Add(1);
}
