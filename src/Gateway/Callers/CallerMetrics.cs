using System.Diagnostics.Metrics;

namespace Integration.Gateway.Callers;

/// <summary>Counters of the caller directory and of refused authentication; labels come from closed lists.</summary>
internal sealed class CallerMetrics
{
    public const string MeterName = "Integration.Gateway.Callers";
    private readonly Counter<long> _reloads;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _tokens;

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
        _tokens = meter.CreateCounter<long>(
            "gateway.callers.tokens_refused",
            description: "Token requests turned away before a proof was looked at, by reason: form, address-rate, client-rate or derivations."
        );
    }

    public void Reloaded(bool applied) =>
        _reloads.Add(1, KeyValuePair.Create<string, object?>("outcome", applied ? "applied" : "refused"));

    /// <summary>A token request turned away for another reason than its proof.</summary>
    /// <param name="reason"><c>form | address-rate | client-rate | derivations</c>.</param>
    public void TokenRefused(string reason) => _tokens.Add(1, KeyValuePair.Create<string, object?>("reason", reason));

    public void Refused(AuthenticationFault fault) =>
        _refusals.Add(1, KeyValuePair.Create<string, object?>("reason", fault.Code));
}
