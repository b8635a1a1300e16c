using System.Net;
using System.Net.Http.Headers;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Events;

/// <summary>One event that two nodes receive at the same moment.</summary>
public sealed class IntakeNodesTests : IAsyncLifetime
{
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await IntegrationHost.StartAsync(new() { Engine = Engine.PostgreSql });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task One_is_accepted_the_other_is_a_duplicate_with_its_receipt_and_one_row_is_stored()
    {
        await using var other = await _host.StartSecondNodeAsync(
            new Dictionary<string, string?> { ["Gateway:Evidence:Chain"] = "second" }
        );
        using var municipal = _host.Municipal();
        var token = await municipal.Client.TokenAsync();
        using var first = ClientOf(_host.Gateway, token);
        using var second = ClientOf(new Uri(other.Urls.First()), token);

        for (var round = 0; round < 10; round++)
        {
            var input = MunicipalEvents.Opened(round % 2 == 0 ? "c01" : "c02");
            var body = MunicipalDriver.BytesOf(input);
            var signature = municipal.Sign(body);

            var receipts = await Task.WhenAll(
                DeliverAsync(first, body, signature),
                DeliverAsync(second, body, signature)
            );

            Assert.Equal(
                [ReceiptStatus.Accepted, ReceiptStatus.Duplicate],
                receipts.Select(receipt => receipt.Status).Order()
            );
            Assert.Single(
                receipts.Select(receipt => (receipt.ReceiptId, receipt.ReceivedAt, receipt.AcceptBy)).Distinct()
            );
            Assert.Equal((1, "delivered-again,received"), await StoredAsync(input.Id!));
        }

        await other.StopAsync();
    }

    private static HttpClient ClientOf(Uri node, string token)
    {
        var client = new HttpClient { BaseAddress = node };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<EventReceipt> DeliverAsync(HttpClient node, byte[] body, byte[] signature)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(MunicipalDriver.Structured);
        content.Headers.Add("Content-Signature", Convert.ToBase64String(signature));
        using var answer = await node.PostAsync(new Uri("/v1/events", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await MunicipalDriver.ReceiptOfAsync(answer);
    }

    /// <summary>Rows of an event, and what of its deliveries stands on record.</summary>
    private async Task<(int Rows, string OnRecord)> StoredAsync(string eventId)
    {
        await using var db = await _host
            .Services.GetRequiredService<IDbContextFactory<GatewayDb>>()
            .CreateDbContextAsync();
        var rows = await db.Set<EventRow>().Where(row => row.EventId == eventId).ToListAsync();
        var parent = $"\"parentId\":\"{rows[0].ReceiptId}\"";
        var records = await db.Set<EvidenceRow>()
            .Where(row => row.Record.Contains(parent))
            .Select(row => row.Record)
            .ToListAsync();
        var outcomes = ((string[])["delivered-again", "received"]).SelectMany(outcome =>
            records
                .Where(record => record.Contains($"\"outcome\":\"{outcome}\"", StringComparison.Ordinal))
                .Select(_ => outcome)
        );
        return (rows.Count, string.Join(',', outcomes));
    }
}
