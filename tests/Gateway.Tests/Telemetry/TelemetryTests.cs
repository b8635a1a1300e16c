using System.Diagnostics;
using System.Diagnostics.Metrics;
using Integration.Gateway.Platform.Telemetry;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Telemetry;

public class TelemetryTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task A_request_has_one_span_that_holds_nothing_of_the_callers()
    {
        await using var host = await ServiceHost.StartHttpAsync(app =>
            app.MapGet("/things/{id}", (string id) => id.Length)
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/things/zhangsan?id=421022197001010112");
        request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-00");
        request.Headers.Add("baggage", "name=zhangsan");
        request.Headers.UserAgent.ParseAdd("zhangsan/1.0");
        request.Headers.Host = "zhangsan.example";
        using var answer = await host.Client.SendAsync(request);

        var span = await host.Spans.ServerSpanOfAsync(TraceId);
        Assert.Equal("GET /things/{id}", span.DisplayName);
        Assert.Equal("b7ad6b7169203331", span.ParentSpanId.ToHexString());
        Assert.Empty(span.Baggage);
        var text = string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.Contains("http.response.status_code=200", text, StringComparison.Ordinal);
        Assert.DoesNotContain("zhangsan", text, StringComparison.Ordinal);
        Assert.DoesNotContain("421022197001010112", text, StringComparison.Ordinal);
        Assert.DoesNotContain("zhangsan", host.Logs.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_is_not_named_in_its_span()
    {
        await using var host = await ServiceHost.StartHttpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/zhangsan");
        request.Headers.Add("traceparent", "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var answer = await host.Client.SendAsync(request);
        var span = await host.Spans.ServerSpanOfAsync("1af7651916cd43dd8448eb211c80319c");
        Assert.Equal("GET unknown", span.DisplayName);
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("zhangsan", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_count_routes_not_addresses()
    {
        await using var host = await ServiceHost.StartHttpAsync(app =>
            app.MapGet("/things/{id}", (string id) => id.Length)
        );
        for (var i = 0; i < 20; i++)
        {
            using var known = await host.Client.GetAsync($"/things/zhangsan{i}");
            using var unknown = await host.Client.GetAsync($"/zhangsan{i}");
        }

        var metrics = await host.Client.GetStringAsync("/metrics");
        Assert.Contains("http_server_request_duration_seconds_bucket", metrics, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/things/{id}\"", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("zhangsan", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_has_a_bounded_number_of_series()
    {
        await using var host = await ServiceHost.StartHttpAsync(settings: ("Gateway:Telemetry:MaxSeries", "10"));
        using var meter = new Meter("Integration.Test");
        var counter = meter.CreateCounter<long>("integration_test_things");
        for (var i = 0; i < 1000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("thing", i));
        }

        var metrics = await host.Client.GetStringAsync("/metrics");
        var series = metrics
            .Split('\n')
            .Count(line => line.StartsWith("integration_test_things", StringComparison.Ordinal));
        Assert.InRange(series, 2, 11);
        Assert.Contains("otel_metric_overflow=\"true\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_can_be_kept_to_one_port()
    {
        await using var host = await ServiceHost.StartHttpAsync(settings: ("Gateway:Telemetry:MetricsPort", "1"));
        using var answer = await host.Client.GetAsync("/metrics");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void A_caller_can_join_a_trace_and_nothing_else_travels()
    {
        var propagator = new TraceContextOnly();
        using var activity = new Activity("x").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("name", "zhangsan").Start();
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        propagator.Inject(
            activity,
            headers,
            (carrier, name, value) => ((Dictionary<string, string>)carrier!)[name] = value
        );
        Assert.Equal(["traceparent"], headers.Keys);
        Assert.Null(
            propagator.ExtractBaggage(
                headers,
                (object? _, string _, out string? value, out IEnumerable<string>? values) =>
                {
                    (value, values) = ("name=zhangsan", null);
                }
            )
        );
    }

    [Fact]
    public void A_log_line_is_JSON_and_never_holds_the_text_of_an_exception()
    {
        var lines = new JsonLines(new FakeTimeProvider());
        using var writer = new StringWriter();
        var exception = new InvalidOperationException("张三", new IOException("421022197001010112"));
        lines.Write(
            new LogEntry<string>(
                LogLevel.Error,
                "Some.Category",
                new EventId(7, "Seven"),
                "It failed",
                exception,
                (state, _) => state
            ),
            scopeProvider: null,
            writer
        );

        var line = writer.ToString();
        var json = System.Text.Json.Nodes.JsonNode.Parse(line)!;
        Assert.Equal("It failed", (string?)json["message"]);
        Assert.Equal(7, (int)json["event"]!);
        Assert.Contains(
            "System.InvalidOperationException at unknown <- System.IO.IOException",
            (string?)json["exception"],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("张三", line, StringComparison.Ordinal);
        Assert.DoesNotContain("421022197001010112", line, StringComparison.Ordinal);
        Assert.EndsWith("}\n", line, StringComparison.Ordinal);
    }
}
