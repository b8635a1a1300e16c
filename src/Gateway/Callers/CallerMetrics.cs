using System.Diagnostics.Metrics;

namespace Integration.Gateway.Callers;

/// <summary>Counters of the caller directory and of refused authentication; labels come from closed lists.</summary>
internal sealed class CallerMetrics
{
    public const string MeterName = "Integration.Gateway.Callers";
    private readonly Counter<long> _reloads;
    private readonly Counter<long> _refusals;

    public CallerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _reloads = meter.CreateCounter<long>(
            "gateway.callers.reloads",
            description: "New versions of the callers file, by outcome: applied or refused."
        );
        _refusals = meter.CreateCounter<long>(
            "gateway.callers.refusals",
            description: "Requests without a valid token or certificate, by reason."
        );
    }

    public void Reloaded(bool applied) =>
        _reloads.Add(1, KeyValuePair.Create<string, object?>("outcome", applied ? "applied" : "refused"));

    public void Refused(AuthenticationFault fault) =>
        _refusals.Add(1, KeyValuePair.Create<string, object?>("reason", fault.Code));
}
