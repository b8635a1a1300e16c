using System.Diagnostics.Metrics;
using Integration.Gateway.Callers;

namespace Integration.Gateway.Limits;

/// <summary>Requests turned away; labels come from closed lists.</summary>
internal sealed class LimitMetrics
{
    private const string MeterName = "Integration.Gateway.Limits";
    private readonly Counter<long> _refused;

    public LimitMetrics(IMeterFactory meters) =>
        _refused = meters
            .Create(MeterName)
            .CreateCounter<long>(
                "integration.limits.refused",
                "{request}",
                "Requests turned away before anything was done, by limit and kind of caller."
            );

    /// <summary>One request.</summary>
    /// <param name="limit">
    /// <c>caller-at-once | caller-rate | caller-day | load | operation-at-once | operation-rate | operation-day</c>.
    /// </param>
    /// <param name="kind">The kind of the caller, never its id.</param>
    public void Refused(string limit, CallerKind kind) =>
        _refused.Add(1, new("limit", limit), new KeyValuePair<string, object?>("kind", kind.ToString()));
}
