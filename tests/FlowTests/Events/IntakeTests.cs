using System.Net;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Events;

public sealed class SqliteIntakeTests : IntakeTests
{
    protected override Engine Engine => Engine.Sqlite;
}

public sealed class PostgresIntakeTests : IntakeTests
{
    protected override Engine Engine => Engine.PostgreSql;
}

/// <summary>Once for ever: same bytes, same receipt; other bytes, a conflict. On both engines.</summary>
public abstract class IntakeTests : IAsyncLifetime
{
    private IntegrationHost _host = null!;

    protected abstract Engine Engine { get; }

    public async ValueTask InitializeAsync() =>
        _host = await IntegrationHost.StartAsync(new IntegrationHostOptions { Engine = Engine });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_same_bytes_give_the_same_receipt_and_store_nothing_again()
    {
        using var municipal = _host.Municipal();
        var input = MunicipalEvents.Opened();
        var first = await municipal.AcceptedAsync(input);
        var again = await municipal.AcceptedAsync(input);

        Assert.Equal((ReceiptStatus.Accepted, ReceiptStatus.Duplicate), (first.Status, again.Status));
        Assert.Equal(first with { Status = default, Receipt = again.Receipt }, again with { Status = default });
        Assert.Equal((1, 1), await StoredAsync(input.Id!));
        var history = (await municipal.ReadAsync(first.ReceiptId)).History.Select(entry => entry.What);
        Assert.Equal(["received", "delivered-again"], history.Where(what => what is "received" or "delivered-again"));
    }

    [Fact]
    public async Task Other_bytes_under_a_known_id_are_a_conflict_that_is_told_and_the_first_stands()
    {
        using var municipal = _host.Municipal();
        var input = MunicipalEvents.Opened();
        var first = await municipal.AcceptedAsync(input);
        using var answer = await municipal.SendAsync(input with { Sequence = "2" });
        var problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Equal((HttpStatusCode.Conflict, "event-conflict"), (answer.StatusCode, problem.Code));

        Assert.Equal((1, 1), await StoredAsync(input.Id!));
        Assert.Contains((await municipal.ReadAsync(first.ReceiptId)).History, entry => entry.What == "conflict");
        Assert.Equal(ReceiptStatus.Duplicate, (await municipal.AcceptedAsync(input)).Status);
        Assert.Contains(_host.Recorded.Logs, log => log.Contains("ConflictAlert 2250", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_hundred_deliveries_at_once_one_is_stored_and_all_get_its_receipt()
    {
        using var municipal = _host.Municipal();
        await municipal.AcceptedAsync(MunicipalEvents.Opened("c06"));
        var body = MunicipalDriver.BytesOf(MunicipalEvents.Opened("c07"));
        var signature = municipal.Sign(body);
        var receipts = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => DeliverAsync(municipal, body, signature))
        );

        Assert.Single(receipts.Select(receipt => receipt.ReceiptId).Distinct());
        Assert.Single(receipts, receipt => receipt.Status == ReceiptStatus.Accepted);
        Assert.Equal((1, 1), await StoredAsync(receipts[0].EventId));
    }

    [Fact]
    public async Task Who_wants_nothing_is_acknowledged_and_no_more_than_the_receipt_is_kept()
    {
        using var municipal = _host.Municipal();
        var wanting = MunicipalEvents.Opened("c08");
        var input = wanting with
        {
            Data = wanting.Data! with
            {
                Utilities = new EventUtilities { Electricity = new UtilityIntention { Requested = false } },
            },
        };
        var receipt = await municipal.AcceptedAsync(input);
        var answer = await municipal.ReadAsync(receipt.ReceiptId);
        Assert.Equal((EventState.Processed, "nothing-requested"), (answer.State, answer.Result));
        Assert.Equal((1, 0), await StoredAsync(input.Id!));
        using var page = await _host.Hall.GetAsync($"/v1/cases/{receipt.CaseId}");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(ReceiptStatus.Duplicate, (await municipal.AcceptedAsync(input)).Status);
    }

    [Fact]
    public async Task A_receipt_is_for_the_client_that_delivered_and_for_operators()
    {
        using var municipal = _host.Municipal();
        var receipt = await municipal.AcceptedAsync(MunicipalEvents.Opened("c09"));
        using var hall = await _host.Hall.GetAsync($"/v1/events/{receipt.ReceiptId}");
        using var ops = await _host.As("ops").GetAsync($"/v1/events/{receipt.ReceiptId}");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (hall.StatusCode, ops.StatusCode));
    }

    private static async Task<EventReceipt> DeliverAsync(MunicipalDriver municipal, byte[] body, byte[] signature)
    {
        using var answer = await municipal.SendAsync(body, signature);
        return await MunicipalDriver.ReceiptOfAsync(answer);
    }

    private async Task<(int Events, int Messages)> StoredAsync(string eventId)
    {
        await using var db = await _host
            .Services.GetRequiredService<IDbContextFactory<GatewayDb>>()
            .CreateDbContextAsync();
        var rows = await db.Set<EventRow>().Where(row => row.EventId == eventId).ToListAsync();
        var messages = rows.Select(row => row.MessageId).ToList();
        return (rows.Count, await db.Set<SignedMessageRow>().CountAsync(row => messages.Contains(row.MessageId)));
    }
}
