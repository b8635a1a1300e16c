using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Integration.Gateway.Evidence;

/// <summary>Spans and figures of the evidence log.</summary>
internal static class EvidenceTelemetry
{
    public const string Name = "Integration.Evidence";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter s_meter = new(Name);

    /// <summary>Requests in one commit.</summary>
    public static readonly Histogram<int> BatchSize = s_meter.CreateHistogram<int>(
        "integration.evidence.batch.size",
        "{request}"
    );

    /// <summary>Time of one commit.</summary>
    public static readonly Histogram<double> CommitDuration = s_meter.CreateHistogram<double>(
        "integration.evidence.commit.duration",
        "s"
    );

    /// <summary>Requests that could not be committed, by reason: <c>unavailable</c>, <c>overtaken</c>, <c>bug</c>.</summary>
    public static readonly Counter<long> Failures = s_meter.CreateCounter<long>(
        "integration.evidence.failures",
        "{request}"
    );

    /// <summary>The commit serves many requests, so it is a trace of its own that links to theirs.</summary>
    public static Activity? StartCommit(IReadOnlyList<EvidenceEntry> entries) =>
        Source.HasListeners()
            ? Source.StartActivity(
                ActivityKind.Internal,
                links: entries
                    .Where(entry => entry.Trace is not null)
                    .Select(entry => new ActivityLink(entry.Trace!.Value)),
                name: "evidence commit"
            )
            : null;
}
