using System.Text.Json.Nodes;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;
using Integration.Testing;
using Integration.Testing.Drivers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Events;

/// <summary>An event is under the grants of its office, and is not lost without them.</summary>
public class AcceptanceGrantTests
{
    [Theory]
    [InlineData("a missing grant", Engine.Sqlite)]
    [InlineData("a disabled office", Engine.Sqlite)]
    [InlineData("a disabled office", Engine.PostgreSql)]
    public async Task What_the_office_may_not_open_waits_until_it_may(string fault, Engine engine)
    {
        var right = string.Empty;
        await using var scene = await EventDriver.StartAsync(
            new()
            {
                Engine = engine,
                Clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero)),
                Callers = callers =>
                {
                    right = callers.ToJsonString();
                    Break(callers, fault);
                },
            }
        );

        var receipt = await scene.Municipal.AcceptedAsync(scene.Opened());
        var dead = await ReachesAsync(scene, receipt.ReceiptId, EventState.DeadLetter);
        Assert.Empty(await scene.ApplicationsAsync(receipt.CaseId));
        await File.WriteAllTextAsync(scene.Host.CallersFile, right);
        Assert.Empty(
            await scene
                .Host.Services.GetRequiredService<CallerDirectory>()
                .ReloadAsync(TestContext.Current.CancellationToken)
        );
        using var released = await scene
            .Host.As("ops")
            .PostAsync($"/v1/ops/events/{receipt.ReceiptId}/release", new ReleaseRequest { Reason = "granted" });
        released.EnsureSuccessStatusCode();
        var done = await ReachesAsync(scene, receipt.ReceiptId, EventState.Processed);

        Assert.Null(dead.Result);
        Assert.Contains(dead.History, entry => entry.Detail == "not-granted");
        Assert.Equal("accepted", done.Result);
        Assert.Single(await scene.ApplicationsAsync(receipt.CaseId));
    }

    private static void Break(JsonObject callers, string fault)
    {
        if (fault == "a disabled office")
        {
            callers["clients"]!.AsArray().Single(client => Is(client, "hall"))!["enabled"] = false;
        }
        else
        {
            var grants = callers["grants"]!.AsArray();
            grants.Remove(grants.Single(grant => Is(grant, "hall-businessLicence")));
        }
    }

    private static bool Is(JsonNode? entry, string id) => entry!["id"]!.GetValue<string>() == id;

    private static Task<EventResponse> ReachesAsync(EventDriver scene, string receiptId, EventState state) =>
        Eventually.GetAsync(
            $"the event is {state}",
            () =>
            {
                scene.Host.Clock!.Advance(TimeSpan.FromSeconds(2));
                return scene.Municipal.ReadAsync(receiptId);
            },
            answer => answer.State == state
        );
}
