using System.Collections.Concurrent;
using System.Diagnostics;
using Integration.Testing.Drivers;
using OpenTelemetry;

namespace Integration.Testing.Recording;

/// <summary>Every span that ended, in this process: look for your own trace.</summary>
internal sealed class SpanSink : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Activity> _ended = [];

    public override void OnEnd(Activity data) => _ended.Enqueue(data);

    /// <summary>Waits for the server's span of a trace: it ends after the answer has left.</summary>
    public async Task<Activity> ServerSpanOfAsync(string traceId) =>
        (
            await Eventually.GetAsync(
                "the server's span of the trace ends",
                () =>
                    Task.FromResult(
                        _ended.FirstOrDefault(span =>
                            span.Kind == ActivityKind.Server && span.TraceId.ToHexString() == traceId
                        )
                    ),
                span => span is not null
            )
        )!;
}
