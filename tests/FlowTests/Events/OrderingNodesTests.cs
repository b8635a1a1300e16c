using System.Globalization;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Events;

/// <summary>Nodes that share an inbox on PostgreSQL.</summary>
public sealed class OrderingNodesTests : IAsyncLifetime
{
    private static readonly string[] s_types =
    [
        "enterprise.opened",
        "enterprise.intent-changed",
        "enterprise.changed",
        "enterprise.withdrawn",
    ];

    private readonly OrderingFaults _seen = new();
    private IntegrationHost _host = null!;
    private MunicipalDriver _municipal = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IntegrationHost.StartAsync(new() { Engine = Engine.PostgreSql, Adjust = _seen.Attach });
        _municipal = _host.Municipal();
    }

    public async ValueTask DisposeAsync()
    {
        _municipal.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Two_nodes_process_each_event_once_and_each_enterprise_in_order()
    {
        await using var other = await _host.StartSecondNodeAsync();
        var sent = new List<(string Company, int Number, string EventId, string ReceiptId)>();
        foreach (var number in (int[])[3, 1, 4, 2])
        {
            foreach (var company in (string[])["c01", "c02", "c03", "c04"])
            {
                var input = MunicipalEvents.Opened(company) with
                {
                    Type = s_types[number - 1],
                    Sequence = number.ToString(CultureInfo.InvariantCulture),
                };
                sent.Add((company, number, input.Id!, (await _municipal.AcceptedAsync(input)).ReceiptId));
            }
        }

        await Eventually.GetAsync("all are processed", () => UndoneAsync(), count => count == 0);

        // A commit that is taken back together with its neighbours is seen too; what counts is the last of an event.
        Assert.Equal(sent.Count, _seen.Processed.Distinct().Count());
        var order = _seen.Processed.ToList();
        Assert.All(
            sent.GroupBy(one => one.Company),
            company =>
                Assert.Equal(
                    [1, 2, 3, 4],
                    company.OrderBy(one => order.LastIndexOf(one.EventId)).Select(one => one.Number)
                )
        );
        await other.StopAsync();
    }

    [Fact]
    public async Task What_a_dead_node_had_claimed_is_taken_over_when_its_claim_runs_out()
    {
        var late = MunicipalEvents.Opened() with { Type = "enterprise.changed", Sequence = "2" };
        var waiting = (await _municipal.AcceptedAsync(late)).ReceiptId;
        await Eventually.GetAsync("it waits", () => _municipal.ReadAsync(waiting), Is(EventState.WaitingForEarlier));
        await using (var db = await DbAsync())
        {
            var until = TimeProvider.System.GetUtcNow().AddSeconds(10);
            await db.Set<EventRow>()
                .ExecuteUpdateAsync(row =>
                    row.SetProperty(claimed => claimed.ClaimedBy, "node_dead")
                        .SetProperty(claimed => claimed.ClaimedUntil, until)
                );
        }

        var first = await _municipal.AcceptedAsync(MunicipalEvents.Opened());
        var other = (await _municipal.AcceptedAsync(MunicipalEvents.Opened("c02", "t-company2"))).ReceiptId;
        await Eventually.GetAsync(
            "one that came later is processed",
            () => _municipal.ReadAsync(other),
            Is(EventState.Processed)
        );
        Assert.Equal(EventState.Received, (await _municipal.ReadAsync(first.ReceiptId)).State);

        await Eventually.GetAsync("it is taken over", () => _municipal.ReadAsync(waiting), Is(EventState.Processed));
    }

    private static Func<EventResponse, bool> Is(EventState state) => answer => answer.State == state;

    private Task<GatewayDb> DbAsync() =>
        _host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();

    private async Task<int> UndoneAsync()
    {
        await using var db = await DbAsync();
        return await db.Set<EventRow>().CountAsync(row => row.State != EventState.Processed);
    }
}
