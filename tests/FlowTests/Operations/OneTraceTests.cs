using System.Diagnostics;
using Integration.Testing;
using Integration.Testing.World;

namespace Integration.FlowTests.Operations;

public class OneTraceTests
{
    [Fact]
    public async Task A_request_is_one_trace_with_a_span_for_each_agency_call()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        await using var host = await IntegrationHost.StartAsync();
        using (await host.Hall.PostAsync("/v1/verifications", HallRequests.Verification())) { } // the agencies' keys are known from now on
        using var answer = await host.Hall.PostAsync(
            "/v1/verifications",
            HallRequests.Verification(),
            ("traceparent", $"00-{trace}-b7ad6b7169203331-01")
        );
        answer.EnsureSuccessStatusCode();

        var spans = await SpansOfAsync(host, trace);
        var server = Assert.Single(spans, span => span.Kind == ActivityKind.Server);
        Assert.Equal("POST /v1/verifications", server.DisplayName);
        var calls = spans.Where(span => span.Source.Name == "Integration.Adapters").ToList();
        foreach (var agency in new[] { "population-registry", "business-licence", "real-estate" })
        {
            var call = Assert.Single(calls, call => (string?)call.GetTagItem("agency") == agency);
            Assert.NotNull(call.GetTagItem("operation"));
            Assert.NotNull(call.GetTagItem("outcome"));
            Assert.Equal(1, call.GetTagItem("attempt"));
        }
    }

    /// <summary>The server's span ends after the answer has left.</summary>
    private static async Task<List<Activity>> SpansOfAsync(IntegrationHost host, string trace)
    {
        for (var i = 0; i < 200; i++)
        {
            var spans = host.Recorded.Spans.Where(span => span.TraceId.ToHexString() == trace).ToList();
            if (spans.Exists(span => span.Kind == ActivityKind.Server))
            {
                return spans;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }

        throw new TimeoutException("The request's span never ended.");
    }
}
