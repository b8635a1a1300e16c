using System.Net;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Operations;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.JointApplications;

/// <summary>Providers that do not answer: asked before anything is sent again, and no other leg waits for them.</summary>
public sealed class JointSilenceTests
{
    [Theory]
    [InlineData("answerLost", "order fault:answerLost effective|find answered")]
    [InlineData("reset", "order fault:reset|find unknown|order answered effective")]
    public async Task After_no_answer_it_is_asked_and_effective_once(string fault, string calls)
    {
        await using var scene = await JointDriver.StartAsync();
        await scene.Host.Agencies.BreakAsync("water", fault, seconds: fault == "reset" ? null : 1, count: 1);
        var joint = await scene.OpenAsync(JointRequests.New(Utility.Water));
        await scene.UntilAsync(joint, Utility.Water, LegDelivery.Unknown);
        var leg = await scene.UntilAsync(joint, Utility.Water, LegDelivery.Arrived);
        Assert.Equal(calls.Split('|'), await scene.CallsOfAsync("water", leg.LegId, "order", "find"));
        Assert.Single(await scene.Host.Agencies.LegsOfAsync("water"));
    }

    [Fact]
    public async Task A_withdrawal_without_an_answer_is_asked_for_too()
    {
        await using var scene = await JointDriver.StartAsync();
        var joint = await scene.OpenAsync(JointRequests.New(Utility.Water));
        var leg = await scene.UntilAsync(joint, Utility.Water, LegDelivery.Arrived);
        await scene.Host.Agencies.BreakAsync("water", "answerLost", seconds: 1);
        await scene.Hall.Api.WithdrawJointApplicationAsync(joint.JointApplicationId, new() { Reason = "不办了" });
        await scene.UntilAsync(joint, Utility.Water, LegDelivery.Withdrawing);
        await Eventually.GetAsync(
            "it is asked, and the answer is lost too",
            () => scene.CallsOfAsync("water", leg.LegId, "withdraw", "find"),
            asked => asked.Count >= 2
        );
        await scene.Host.Agencies.MendAsync("water");
        await scene.UntilAsync(joint, Utility.Water, LegState.Withdrawn);
        var calls = await scene.CallsOfAsync("water", leg.LegId, "withdraw");
        Assert.Single(calls, call => call.EndsWith("effective", StringComparison.Ordinal));
        Assert.True(Assert.Single(await scene.Host.Agencies.LegsOfAsync("water")).Withdrawn);
    }

    [Fact]
    public async Task A_provider_in_maintenance_delays_its_own_leg_only()
    {
        await using var scene = await JointDriver.StartAsync();
        var ops = scene.Host.As("ops");
        const string Maintenance = "/v1/ops/agencies/water/maintenance";
        using var begun = await ops.SendAsync(
            HttpMethod.Put,
            Maintenance,
            new MaintenanceRequest { Reason = "They move house." }
        );
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        var joint = await scene.OpenAsync(JointRequests.New(Utility.Water, Utility.Network));
        await scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        await scene.ReportAsync(joint.Legs[1], "connected");
        Assert.Equal(JointState.PartlyConnected, (await scene.ShownAsync(joint)).State);
        Assert.Empty(await scene.Host.Agencies.CallsOfAsync("water"));
        await scene.UntilAsync(joint, Utility.Water, LegDelivery.Waiting); // for a moment, while its step runs, it is not known

        using var ended = await ops.SendAsync(HttpMethod.Delete, Maintenance);
        var leg = await scene.UntilAsync(joint, Utility.Water, LegDelivery.Arrived);
        Assert.Equal(["order answered effective"], await scene.CallsOfAsync("water", leg.LegId, "order", "find"));
    }

    [Fact]
    public async Task A_provider_that_is_dead_for_two_days_catches_up_by_itself_and_the_others_do_not_wait()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));
        await using var scene = await JointDriver.StartAsync(clock: clock);
        await scene.Host.Agencies.BreakAsync("water", "http500");
        var joint = await scene.OpenAsync(JointRequests.New(Utility.Water, Utility.Network));
        await scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        await scene.UntilAsync(joint, Utility.Water, LegDelivery.Unknown);
        await scene.ReportAsync(joint.Legs[1], "connected");

        for (var hour = 0; hour < 48; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        var second = await scene.OpenAsync(JointRequests.New("p02", "t02", [Utility.Water, Utility.Network]));
        await scene.UntilAsync(second, Utility.Network, LegDelivery.Listed);
        Assert.Equal(LegDelivery.Unknown, (await scene.LegAsync(joint, Utility.Water)).Delivery);
        Assert.True((await scene.CallsOfAsync("water", joint.Legs[0].LegId)).Count > 5);

        await scene.Host.Agencies.MendAsync("water");
        clock.Advance(TimeSpan.FromMinutes(16));
        await scene.UntilAsync(joint, Utility.Water, LegDelivery.Arrived);
        clock.Advance(TimeSpan.FromMinutes(16));
        await scene.UntilAsync(second, Utility.Water, LegDelivery.Arrived);
        Assert.Equal(2, (await scene.Host.Agencies.LegsOfAsync("water")).Count);
        foreach (var opened in new[] { joint, second })
        {
            var calls = await scene.CallsOfAsync("water", opened.Legs[0].LegId, "order");
            Assert.Single(calls, call => call.EndsWith("effective", StringComparison.Ordinal));
        }
    }
}
