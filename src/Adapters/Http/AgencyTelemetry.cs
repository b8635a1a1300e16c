using System.Diagnostics;
using System.Diagnostics.Metrics;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http;

/// <summary>
/// Spans and metrics of agency calls under the name <c>Integration.Adapters</c>. Labels come from fixed sets: agency,
/// operation, outcome, stage. Nothing of a question or an answer is ever among them.
/// </summary>
internal sealed class AgencyTelemetry : IDisposable
{
    public const string SourceName = "Integration.Adapters";

    private readonly ActivitySource _source = new(SourceName);
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _turnedAway;

    public AgencyTelemetry(IMeterFactory meters, AgencyConditions conditions)
    {
        var meter = meters.Create(SourceName);
        _calls = meter.CreateCounter<long>("integration.agency.calls", "{call}", "Questions to agencies.");
        _duration = meter.CreateHistogram<double>(
            "integration.agency.duration",
            "s",
            "Time of a question to an agency, all attempts together.",
            advice: new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] }
        );
        _turnedAway = meter.CreateCounter<long>(
            "integration.agency.turned_away",
            "{call}",
            "Requests, composed and forwarded, that an agency's gate did not let through, by reason."
        );
        meter.CreateObservableGauge(
            "integration.agency.breaker",
            () =>
                conditions.Current.Select(condition => new Measurement<int>(
                    (int)condition.Circuit,
                    Agency(condition.Agency)
                )),
            unit: null,
            "State of an agency's circuit breaker: 0 closed, 1 half-open, 2 open."
        );
    }

    public Activity? Start(AgencyOperation operation) =>
        _source.StartActivity(operation.Name, ActivityKind.Client)?.SetTag("agency", operation.Agency);

    public void Record(Activity? span, AgencyCall call, AgencyFailure? failure, string outcome, TimeSpan duration)
    {
        var tags = new TagList
        {
            Agency(call.Operation.Agency),
            new("operation", call.Operation.Name),
            new("outcome", outcome),
        };
        _duration.Record(duration.TotalSeconds, tags);
        tags.Add("stage", failure is null ? "none" : Stage(failure));
        _calls.Add(1, tags);

        span?.SetTag("operation", call.Operation.Name).SetTag("outcome", outcome).SetTag("attempt", call.Attempts);
        if (failure is not null)
        {
            span?.SetTag("stage", Stage(failure)).SetTag("code", failure.Code).SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>The gate let a request not through; its code comes from a closed list.</summary>
    public void TurnedAway(string agency, AgencyFailure failure) =>
        _turnedAway.Add(1, Agency(agency), new("reason", failure.Code));

    public void Dispose() => _source.Dispose();

    private static KeyValuePair<string, object?> Agency(string agency) => new("agency", agency);

    private static string Stage(AgencyFailure failure) => Enum.GetName(failure.Stage) ?? "other";
}
