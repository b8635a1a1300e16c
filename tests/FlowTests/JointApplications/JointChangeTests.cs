using System.Net;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

public sealed class SqliteJointChangeTests() : JointChangeTests(Engine.Sqlite);

public sealed class PostgresJointChangeTests() : JointChangeTests(Engine.PostgreSql);

/// <summary>Opened once, taken back in part or whole, returned and sent again.</summary>
public abstract class JointChangeTests(Engine engine)
{
    private static readonly WithdrawRequest s_reason = new() { Reason = "不办了" };

    [Fact]
    public async Task Twenty_at_once_open_one()
    {
        await using var scene = await JointScene.Start(engine);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => scene.Hall.Post("/v1/joint-applications", JointRequests.New(Utility.Network)))
        );
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task One_leg_is_taken_back_at_its_provider_and_the_others_go_on()
    {
        await using var scene = await JointScene.Start(engine);
        var joint = await scene.Open(JointRequests.New(Utility.Water, Utility.Network));
        await scene.Until(joint, Utility.Water, LegDelivery.Arrived);
        await scene.Until(joint, Utility.Network, LegDelivery.Listed);

        await scene.Hall.Api.WithdrawLeg(joint.JointApplicationId, "water", s_reason);
        var leg = await scene.Until(joint, Utility.Water, LegState.Withdrawn);

        Assert.Equal(LegDelivery.Withdrawn, leg.Delivery);
        Assert.True(Assert.Single(await scene.Host.Agencies.LegsOf("water")).Withdrawn);
        Assert.Equal(["withdraw answered effective"], await scene.CallsOf("water", leg.LegId, "withdraw"));
        await scene.Host.As("network").Api.TakeWork("network", joint.Legs[1].LegId);
        await scene.Report(joint.Legs[1], "accepted");
        await scene.Report(joint.Legs[1], "connected");
        Assert.Equal(JointState.Connected, (await scene.Shown(joint)).State);
    }

    [Fact]
    public async Task All_legs_are_taken_back_where_they_are_and_the_place_is_free_again()
    {
        await using var scene = await JointScene.Start(engine);
        var request = JointRequests.New(Utility.Water, Utility.Gas, Utility.Network);
        var joint = await scene.Open(request with { Utilities = [.. request.Utilities!.Select(Held)] });
        await scene.Until(joint, Utility.Water, LegDelivery.Arrived);
        await scene.Until(joint, Utility.Network, LegDelivery.Listed);
        await scene.Host.As("network").Api.TakeWork("network", joint.Legs[2].LegId);

        await scene.Hall.Api.WithdrawJointApplication(joint.JointApplicationId, s_reason);
        Assert.Equal(LegState.Withdrawn, (await scene.Leg(joint, Utility.Gas)).State); // it never left us
        await scene.Until(joint, Utility.Water, LegState.Withdrawn);
        var network = scene.Host.As("network");
        await scene.Until(
            joint,
            Utility.Network,
            leg => network.Api.GetWorkList("network").GetAwaiter().GetResult().Items is [{ Work: WorkKind.Withdrawal }],
            "the withdrawal is listed"
        );
        Assert.NotEqual(JointState.Withdrawn, (await scene.Shown(joint)).State);
        await network.Api.TakeWork("network", joint.Legs[2].LegId);

        Assert.Equal(JointState.Withdrawn, (await scene.Shown(joint)).State);
        Assert.True(Assert.Single(await scene.Host.Agencies.LegsOf("water")).Withdrawn);
        Assert.Empty(await scene.Host.Agencies.LegsOf("gas"));
        await scene.Open(JointRequests.New(Utility.Network));

        static UtilityWish Held(UtilityWish wish) => wish.Utility == Utility.Gas ? wish with { Consent = null } : wish;
    }

    [Fact]
    public async Task What_supplies_is_not_taken_back()
    {
        await using var scene = await JointScene.Start(engine);
        var joint = await scene.Open(JointRequests.New(Utility.Network));
        await scene.Until(joint, Utility.Network, LegDelivery.Listed);
        await scene.Report(joint.Legs[0], "connected");
        var id = joint.JointApplicationId;
        Assert.Equal(
            "state-conflict",
            await JointScene.CodeOf(() => scene.Hall.Api.WithdrawLeg(id, "network", s_reason))
        );
        Assert.Equal(
            "state-conflict",
            await JointScene.CodeOf(() => scene.Hall.Api.WithdrawJointApplication(id, s_reason))
        );
        Assert.Equal(LegState.Connected, (await scene.Leg(joint, Utility.Network)).State);
    }

    [Fact]
    public async Task Some_accept_and_one_returns_and_is_sent_again_under_a_new_key()
    {
        await using var scene = await JointScene.Start(engine);
        var joint = await scene.Open(JointRequests.New(Utility.Water, Utility.Network));
        var water = await scene.Until(joint, Utility.Water, LegDelivery.Arrived);
        await scene.Until(joint, Utility.Network, LegDelivery.Listed);
        await scene.Report(joint.Legs[1], "accepted");
        await scene.Host.Agencies.Tell("water", water.LegId, "returned", ("missing", new[] { "lease" }));
        await scene.Until(joint, Utility.Water, LegState.Returned);

        var shown = await scene.Shown(joint);
        Assert.Equal((JointState.InProgress, "lease"), (shown.State, Assert.Single(shown.Missing).Item));
        await scene.Hall.Api.ResendLeg(
            joint.JointApplicationId,
            "water",
            new LegResendRequest
            {
                Materials =
                [
                    new MaterialRequest
                    {
                        Proof = "lease",
                        Reference = "doc-1",
                        Sha256 = new string('a', 64),
                    },
                ],
            }
        );
        await scene.Until(joint, Utility.Water, LegDelivery.Arrived);

        var legs = await scene.Host.Agencies.LegsOf("water");
        Assert.Equal([$"{water.LegId}-1", $"{water.LegId}-2"], legs.Select(leg => leg.Key));
        Assert.Equal(["lease"], legs[1].Papers);
        Assert.Equal(LegState.Received, (await scene.Leg(joint, Utility.Water)).State);
        Assert.Empty((await scene.Shown(joint)).Missing);
        await scene.Host.Agencies.Tell("water", water.LegId, "accepted");
        await scene.Until(joint, Utility.Water, LegState.Accepted);
        Assert.Equal(
            "state-conflict",
            await JointScene.CodeOf(() =>
                scene.Hall.Api.ResendLeg(joint.JointApplicationId, "water", new LegResendRequest())
            )
        );
    }
}
