using System.Net;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Operations;
using Integration.Testing.World;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.JointApplications;

/// <summary>Providers that do not answer: asked before anything is sent again, and nobody else waits for them.</summary>
public sealed class JointSilenceTests
{
    [Theory]
    [InlineData("answerLost", "order fault:answerLost effective|find answered")]
    [InlineData("reset", "order fault:reset|find unknown|order answered effective")]
    public async Task After_no_answer_it_is_asked_and_effective_once(string fault, string calls)
    {
        await using var scene = await JointScene.Start();
        await scene.Host.Agencies.Break("water", fault, seconds: fault == "reset" ? null : 1, count: 1);
        var joint = await scene.Open(JointRequests.New(Utility.Water));
        await scene.Until(joint, Utility.Water, LegDelivery.Unknown);
        var leg = await scene.Until(joint, Utility.Water, LegDelivery.Arrived);
        Assert.Equal(calls.Split('|'), await scene.CallsOf("water", leg.LegId, "order", "find"));
        Assert.Single(await scene.Host.Agencies.LegsOf("water"));
    }

    [Fact]
    public async Task A_withdrawal_without_an_answer_is_asked_for_too()
    {
        await using var scene = await JointScene.Start();
        var joint = await scene.Open(JointRequests.New(Utility.Water));
        var leg = await scene.Until(joint, Utility.Water, LegDelivery.Arrived);
        await scene.Host.Agencies.Break("water", "answerLost", seconds: 1);
        await scene.Hall.Api.WithdrawJointApplication(joint.JointApplicationId, new() { Reason = "不办了" });
        await scene.Until(joint, Utility.Water, LegDelivery.Withdrawing);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await scene.Host.Agencies.Mend("water");
        await scene.Until(joint, Utility.Water, LegState.Withdrawn);
        var calls = await scene.CallsOf("water", leg.LegId, "withdraw");
        Assert.Single(calls, call => call.EndsWith("effective", StringComparison.Ordinal));
        Assert.True(Assert.Single(await scene.Host.Agencies.LegsOf("water")).Withdrawn);
    }

    [Fact]
    public async Task A_provider_in_maintenance_delays_its_own_leg_only()
    {
        await using var scene = await JointScene.Start();
        var ops = scene.Host.As("ops");
        const string Maintenance = "/v1/ops/agencies/water/maintenance";
        using var begun = await ops.Send(
            HttpMethod.Put,
            Maintenance,
            new MaintenanceRequest { Reason = "They move house." }
        );
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        var joint = await scene.Open(JointRequests.New(Utility.Water, Utility.Network));
        await scene.Until(joint, Utility.Network, LegDelivery.Listed);
        await scene.Report(joint.Legs[1], "connected");
        Assert.Equal(JointState.PartlyConnected, (await scene.Shown(joint)).State);
        Assert.Empty(await scene.Host.Agencies.CallsOf("water"));
        Assert.Equal(LegDelivery.Waiting, (await scene.Leg(joint, Utility.Water)).Delivery);

        using var ended = await ops.Send(HttpMethod.Delete, Maintenance);
        var leg = await scene.Until(joint, Utility.Water, LegDelivery.Arrived);
        Assert.Equal(["order answered effective"], await scene.CallsOf("water", leg.LegId, "order", "find"));
    }

    [Fact]
    public async Task A_provider_that_is_dead_for_two_days_catches_up_by_itself_and_the_others_do_not_wait()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));
        await using var scene = await JointScene.Start(clock: clock);
        await scene.Host.Agencies.Break("water", "http500");
        var joint = await scene.Open(JointRequests.New(Utility.Water, Utility.Network));
        await scene.Until(joint, Utility.Network, LegDelivery.Listed);
        await scene.Until(joint, Utility.Water, LegDelivery.Unknown);
        await scene.Report(joint.Legs[1], "connected");

        for (var hour = 0; hour < 48; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        var second = await scene.Open(JointRequests.New("p02", "t02", [Utility.Water, Utility.Network]));
        await scene.Until(second, Utility.Network, LegDelivery.Listed);
        Assert.Equal(LegDelivery.Unknown, (await scene.Leg(joint, Utility.Water)).Delivery);
        Assert.True((await scene.CallsOf("water", joint.Legs[0].LegId)).Count > 5);

        await scene.Host.Agencies.Mend("water");
        clock.Advance(TimeSpan.FromMinutes(16));
        await scene.Until(joint, Utility.Water, LegDelivery.Arrived);
        clock.Advance(TimeSpan.FromMinutes(16));
        await scene.Until(second, Utility.Water, LegDelivery.Arrived);
        Assert.Equal(2, (await scene.Host.Agencies.LegsOf("water")).Count);
        foreach (var opened in new[] { joint, second })
        {
            var calls = await scene.CallsOf("water", opened.Legs[0].LegId, "order");
            Assert.Single(calls, call => call.EndsWith("effective", StringComparison.Ordinal));
        }
    }
}
