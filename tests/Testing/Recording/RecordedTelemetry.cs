using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Integration.Testing.Recording;

/// <summary>Everything the gateway says to operations: log lines with their exceptions, spans as exported, metrics as scraped.</summary>
public sealed class RecordedTelemetry : IDisposable
{
    private readonly Func<HttpClient> _gateway;
    private readonly RecordedLogs _logs = HostLogs.Record("gateway");
    private readonly ConcurrentQueue<Activity> _spans = new();

    internal RecordedTelemetry(Func<HttpClient> gateway) => _gateway = gateway;

    /// <summary>One entry per log call: category, message, values and the exception's whole text.</summary>
    public IReadOnlyCollection<string> Logs => _logs.Lines;

    /// <summary>Spans that ended, as an exporter gets them.</summary>
    public IReadOnlyCollection<Activity> Spans => _spans;

    /// <summary>The metrics page.</summary>
    public async Task<string> MetricsAsync()
    {
        using var http = _gateway();
        return await http.GetStringAsync("/metrics");
    }

    /// <summary>Logs, spans and metrics as one text to be searched.</summary>
    public async Task<string> EverythingAsync()
    {
        var text = new StringBuilder().AppendJoin('\n', Logs).Append('\n');
        foreach (var span in _spans)
        {
            Describe(text, span);
        }

        return text.Append(await MetricsAsync()).ToString();
    }

    public void Dispose() => _logs.Dispose();

    internal void Attach(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(_logs);
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing =>
            tracing
                .SetSampler(new AlwaysOnSampler())
                .AddProcessor(new SimpleActivityExportProcessor(new Recorder(_spans)))
        );
    }

    private static void Describe(StringBuilder text, Activity span)
    {
        text.Append(CultureInfo.InvariantCulture, $"{span.DisplayName} {span.StatusDescription}");
        foreach (var tag in span.TagObjects.Concat(span.Events.SelectMany(happened => happened.Tags)))
        {
            text.Append(CultureInfo.InvariantCulture, $" {tag.Key}={tag.Value}");
        }

        text.Append('\n');
    }

    private sealed class Recorder(ConcurrentQueue<Activity> spans) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                spans.Enqueue(span);
            }

            return ExportResult.Success;
        }
    }
}
