using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Integration.Adapters.Http;
using Integration.Adapters.Tests.ProvincialNetwork;

namespace Integration.Adapters.Tests.Http;

public sealed class AgencyTelemetryTests : NetworkTests
{
    [Fact]
    public async Task A_call_is_one_client_span_with_agency_operation_outcome_and_attempt()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var root = new Activity("test").Start();
        using var listener = Listen(spans, root.TraceId);

        await CheckAsync();

        var span = Assert.Single(spans, span => span.OperationName == "GK_GXFW_SFHC");
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal("population-registry", span.GetTagItem("agency"));
        Assert.Equal("GK_GXFW_SFHC", span.GetTagItem("operation"));
        Assert.Equal("found", span.GetTagItem("outcome"));
        Assert.Equal(1, span.GetTagItem("attempt"));
    }

    [Fact]
    public async Task A_failed_call_is_an_error_span_with_its_stage()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var root = new Activity("test").Start();
        using var listener = Listen(spans, root.TraceId);
        await FaultAsync("business-licence", "http500");

        await QueryAsync();

        var span = Assert.Single(spans, span => span.OperationName == "query");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal(("Status", "http-500"), (span.GetTagItem("stage"), span.GetTagItem("code")));
    }

    [Fact]
    public async Task No_span_and_no_metric_says_anything_about_the_person_or_the_company()
    {
        var spans = new ConcurrentQueue<Activity>();
        var labels = new ConcurrentQueue<string>();
        using var root = new Activity("test").Start();
        using var listener = Listen(spans, root.TraceId);
        using var meter = Record(labels);

        await CheckAsync();
        await CheckAsync(name: "张四");
        await QueryAsync();
        await FaultAsync("population-registry", "malformed");
        await CheckAsync();

        var said = spans
            .SelectMany(span => span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Append(span.DisplayName))
            .Concat(labels)
            .ToList();
        Assert.NotEmpty(labels);
        Assert.All(
            (string[])["421022197001010112", "张三", "张四", "91421022MA49T0000B", "示例商贸", "http://"],
            secret => Assert.DoesNotContain(said, text => text.Contains(secret, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task The_labels_of_a_metric_are_agency_operation_outcome_and_stage()
    {
        var labels = new ConcurrentQueue<string>();
        using var meter = Record(labels);

        await CheckAsync();

        Assert.Contains(
            "integration.agency.calls agency=population-registry operation=GK_GXFW_SFHC outcome=found stage=none",
            labels
        );
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> spans, ActivityTraceId trace)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == AgencyTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.TraceId == trace)
                {
                    spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener Record(ConcurrentQueue<string> labels)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == AgencyTelemetry.SourceName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => labels.Enqueue(Line(instrument, tags)));
        listener.SetMeasurementEventCallback<double>(
            (instrument, _, tags, _) => labels.Enqueue(Line(instrument, tags))
        );
        listener.Start();
        return listener;
    }

    private static string Line(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var line = instrument.Name;
        foreach (var tag in tags)
        {
            line += $" {tag.Key}={tag.Value}";
        }

        return line;
    }
}
