using System.Diagnostics.Metrics;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>How many requests the front filter refused; the label is one of <see cref="FrontRule.All"/>.</summary>
internal sealed class FrontMetrics(IMeterFactory meters)
{
    public const string MeterName = "Integration.Gateway.Front";

    private readonly Counter<long> _refused = meters
        .Create(MeterName)
        .CreateCounter<long>("integration.front.refused", description: "Requests refused before routing, by rule.");

    public void Refused(FrontRule rule) => _refused.Add(1, KeyValuePair.Create<string, object?>("rule", rule.Name));
}
