using System.Net;
using System.Text.Json.Nodes;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Events;

/// <summary>A transfer is handed in and acted on under grants for transfers.</summary>
public sealed class RegistryTransferGrantTests
{
    [Fact]
    public async Task What_the_office_may_not_open_waits_until_it_may()
    {
        var right = string.Empty;
        await using var scene = await EventDriver.StartAsync(
            new()
            {
                Clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero)),
                Callers = callers =>
                {
                    right = callers.ToJsonString();
                    var grants = callers["grants"]!.AsArray();
                    grants.Remove(grants.Single(grant => Id(grant) == "hall-jointApplications"));
                },
            }
        );
        var time = scene.Host.Time.GetUtcNow();

        var receipt = await scene.Municipal.AcceptedAsync(
            RegistryEvents.Transferred("p01", "t01", [Utility.Network], time)
        );
        var dead = await ReachesAsync(scene, receipt.ReceiptId, EventState.DeadLetter);
        Assert.Contains(dead.History, entry => entry.Detail == "not-granted");
        await ReloadAsync(scene, right);
        using var released = await scene
            .Host.As("ops")
            .PostAsync($"/v1/ops/events/{receipt.ReceiptId}/release", new ReleaseRequest { Reason = "granted" });
        released.EnsureSuccessStatusCode();
        var done = await ReachesAsync(scene, receipt.ReceiptId, EventState.Processed);

        Assert.Equal("accepted", done.Result);
        var joint = await scene.Host.Hall.Api.GetJointApplicationAsync(done.JointApplicationId!);
        Assert.Equal(receipt.CaseId, joint.CaseId);
    }

    [Theory]
    [InlineData("enterprise.opening")]
    [InlineData("joint.transfer")]
    public async Task Who_may_hand_in_events_of_one_purpose_may_not_therefore_hand_in_the_other(string granted)
    {
        await using var scene = await EventDriver.StartAsync(
            new()
            {
                Callers = callers =>
                    callers["grants"]!.AsArray().Single(grant => Id(grant) == "municipal-events")!["purposes"] =
                        new JsonArray(granted),
            }
        );
        var opening = MunicipalEvents.Opened();
        var transfer = RegistryEvents.Transferred(Utility.Network);
        var (mine, others) = granted == "joint.transfer" ? (transfer, opening) : (opening, transfer);

        await scene.Municipal.AcceptedAsync(mine);
        using var refused = await scene.Municipal.SendAsync(others);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("not-granted", (await HallDriver.ProblemOfAsync(refused)).Code);
        using var again = await scene.Municipal.SendAsync(others with { Id = mine.Id });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode); // the first stands, also under another type
    }

    private static string Id(JsonNode? entry) => entry!["id"]!.GetValue<string>();

    private static async Task ReloadAsync(EventDriver scene, string callers)
    {
        await File.WriteAllTextAsync(scene.Host.CallersFile, callers);
        Assert.Empty(
            await scene
                .Host.Services.GetRequiredService<CallerDirectory>()
                .ReloadAsync(TestContext.Current.CancellationToken)
        );
    }

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
