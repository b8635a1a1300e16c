using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Integration.Contracts.V1.Events;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Events;

/// <summary>An event's own id does what an <c>Idempotency-Key</c> does elsewhere.</summary>
public sealed class IntakeKeyTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task The_description_lists_no_key_for_events_and_one_for_every_other_kind_of_request()
    {
        var document = JsonNode.Parse(await shared.Host.Hall.Http.GetStringAsync("/openapi/v1.json"))!;
        var events = document["paths"]!["/v1/events"]!["post"]!;

        Assert.DoesNotContain("Idempotency-Key", Parameters(events));
        Assert.Contains("Idempotency-Key", Parameters(document["paths"]!["/v1/applications"]!["post"]!));
        Assert.Equal("event-conflict", (string?)events["responses"]!["409"]!["description"]);
        Assert.Contains("`Idempotency-Key` is ignored", (string?)events["description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_sent_is_ignored_and_the_id_decides()
    {
        using var municipal = shared.Host.Municipal();
        var (one, other) = (MunicipalEvents.Opened("c01"), MunicipalEvents.Opened("c02"));

        var first = await AcceptedAsync(municipal, one, "key-1");
        var second = await AcceptedAsync(municipal, other, "key-1"); // another body under the same key
        var again = await AcceptedAsync(municipal, one, "key-2"); // the same under another

        Assert.Equal((ReceiptStatus.Accepted, ReceiptStatus.Accepted), (first.Status, second.Status));
        Assert.NotEqual(first.ReceiptId, second.ReceiptId);
        Assert.Equal((ReceiptStatus.Duplicate, first.ReceiptId), (again.Status, again.ReceiptId));
        using var conflict = await SendAsync(municipal, one with { Sequence = "2" }, "key-1");
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Equal("event-conflict", (await HallDriver.ProblemOfAsync(conflict)).Code);
    }

    private static IEnumerable<string?> Parameters(JsonNode operation) =>
        operation["parameters"]?.AsArray().Select(parameter => (string?)parameter!["name"]) ?? [];

    private static async Task<EventReceipt> AcceptedAsync(MunicipalDriver municipal, EventInput input, string key)
    {
        using var answer = await SendAsync(municipal, input, key);
        return await MunicipalDriver.ReceiptOfAsync(answer);
    }

    private static async Task<HttpResponseMessage> SendAsync(MunicipalDriver municipal, EventInput input, string key)
    {
        var body = MunicipalDriver.BytesOf(input);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events")
        {
            Content = new ByteArrayContent(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await municipal.Client.TokenAsync());
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.Add("Content-Signature", Convert.ToBase64String(municipal.Sign(body)));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(MunicipalDriver.Structured);
        return await municipal.Client.Http.SendAsync(request);
    }
}
