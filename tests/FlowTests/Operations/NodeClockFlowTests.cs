using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Integration.Contracts.V1.Events;
using Integration.Testing;
using Integration.Testing.Databases;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Operations;

/// <summary>Two nodes over one database, one of which runs on a machine whose clock is wrong.</summary>
public sealed class NodeClockFlowTests
{
    [Theory]
    [InlineData(25, true)]
    [InlineData(-25, true)]
    [InlineData(300, false)]
    [InlineData(-300, false)]
    public async Task Tokens_hold_on_both_nodes_and_only_a_clock_beyond_the_bound_is_unready(
        double seconds,
        bool isReady
    )
    {
        await using var host = await IntegrationHost.StartAsync(new() { Engine = Engine.PostgreSql });
        await using var other = await host.StartSecondNodeAsync(
            new Dictionary<string, string?> { ["Gateway:Evidence:Chain"] = "other" },
            new SkewedClock(TimeSpan.FromSeconds(seconds))
        );
        using var wrong = new HttpClient { BaseAddress = new Uri(other.Urls.First()) };

        var (status, clock) = await ReadyAsync(wrong);
        Assert.Equal(isReady ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(isReady ? "ready" : "unready", (string?)clock["status"]);
        Assert.Equal("ready", (string?)(await ReadyAsync(host.Hall.Http)).Clock["status"]);

        var token = await host.Hall.TokenAsync();
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(wrong, token));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(host.Hall.Http, await TokenOfAsync(host, wrong)));
        await other.StopAsync();
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task Events_that_a_node_with_a_wrong_clock_receives_are_processed_by_the_other(double seconds)
    {
        await using var host = await IntegrationHost.StartAsync(new() { Engine = Engine.PostgreSql });
        await using var other = await host.StartSecondNodeAsync(
            new Dictionary<string, string?> { ["Gateway:Evidence:Chain"] = "other" },
            new SkewedClock(TimeSpan.FromSeconds(seconds))
        );
        using var municipal = host.Municipal();
        var body = MunicipalDriver.BytesOf(MunicipalEvents.Opened());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(other.Urls.First()), "/v1/events"));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            await host.As("municipal").TokenAsync()
        );
        request.Headers.Add("Content-Signature", Convert.ToBase64String(municipal.Sign(body)));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        using var wrong = new HttpClient();
        using var accepted = await wrong.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var receipt = (string)JsonNode.Parse(await accepted.Content.ReadAsStringAsync())!["receiptId"]!;

        await Eventually.GetAsync(
            "the other node processes it",
            () => municipal.ReadAsync(receipt),
            answer => answer.State == EventState.Processed,
            TimeSpan.FromSeconds(10)
        );
        await other.StopAsync();
    }

    private static async Task<(HttpStatusCode Status, JsonNode Clock)> ReadyAsync(HttpClient node)
    {
        using var answer = await node.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var report = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (
            answer.StatusCode,
            report["checks"]!.AsArray().Single(check => (string?)check!["name"] == "node-clock")!
        );
    }

    /// <summary>Something that does not exist: 404 says that the token was good.</summary>
    private static async Task<HttpStatusCode> AskAsync(HttpClient node, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/verifications/ver_unknown");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await node.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task<string> TokenOfAsync(IntegrationHost host, HttpClient node)
    {
        using var answer = await node.PostAsync(
            "/oauth/token",
            host.Hall.TokenForm(),
            TestContext.Current.CancellationToken
        );
        answer.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
    }
}
