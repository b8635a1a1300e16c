using System.Globalization;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Storage;
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
        _host = await IntegrationHost.Start(new() { Engine = Engine.PostgreSql, Adjust = _seen.Attach });
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
        await using var other = await _host.StartSecondNode();
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
                sent.Add((company, number, input.Id!, (await _municipal.Accepted(input)).ReceiptId));
            }
        }

        await Eventually.Of("all are processed", () => Undone(), count => count == 0);

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
        var waiting = (await _municipal.Accepted(late)).ReceiptId;
        await Eventually.Of("it waits", () => _municipal.Read(waiting), Is(EventState.WaitingForEarlier));
        await using (var db = await Db())
        {
            var until = TimeProvider.System.GetUtcNow().AddSeconds(6);
            await db.Set<EventRow>()
                .ExecuteUpdateAsync(row =>
                    row.SetProperty(claimed => claimed.ClaimedBy, "node_dead")
                        .SetProperty(claimed => claimed.ClaimedUntil, until)
                );
        }

        var first = await _municipal.Accepted(MunicipalEvents.Opened());
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(EventState.Received, (await _municipal.Read(first.ReceiptId)).State);

        await Eventually.Of("it is taken over", () => _municipal.Read(waiting), Is(EventState.Processed));
    }

    private static Func<EventAnswer, bool> Is(EventState state) => answer => answer.State == state;

    private Task<GatewayDb> Db() =>
        _host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();

    private async Task<int> Undone()
    {
        await using var db = await Db();
        return await db.Set<EventRow>().CountAsync(row => row.State != EventState.Processed);
    }
}
