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
        await using var scene = await JointDriver.StartAsync(engine);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => scene.Hall.PostAsync("/v1/joint-applications", JointRequests.New(Utility.Network)))
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
        await using var scene = await JointDriver.StartAsync(engine);
        var joint = await scene.OpenAsync(JointRequests.New(Utility.Water, Utility.Network));
        await scene.UntilAsync(joint, Utility.Water, LegDelivery.Arrived);
        await scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);

        await scene.Hall.Api.WithdrawLegAsync(joint.JointApplicationId, "water", s_reason);
        var leg = await scene.UntilAsync(joint, Utility.Water, LegState.Withdrawn);

        Assert.Equal(LegDelivery.Withdrawn, leg.Delivery);
        Assert.True(Assert.Single(await scene.Host.Agencies.LegsOfAsync("water")).Withdrawn);
        Assert.Equal(["withdraw answered effective"], await scene.CallsOfAsync("water", leg.LegId, "withdraw"));
        await scene.Host.As("network").Api.TakeWorkAsync("network", joint.Legs[1].LegId);
        await scene.ReportAsync(joint.Legs[1], "accepted");
        await scene.ReportAsync(joint.Legs[1], "connected");
        Assert.Equal(JointState.Connected, (await scene.ShownAsync(joint)).State);
    }

    [Fact]
    public async Task All_legs_are_taken_back_where_they_are_and_the_place_is_free_again()
    {
        await using var scene = await JointDriver.StartAsync(engine);
        var request = JointRequests.New(Utility.Water, Utility.Gas, Utility.Network);
        var joint = await scene.OpenAsync(request with { Utilities = [.. request.Utilities!.Select(Held)] });
        await scene.UntilAsync(joint, Utility.Water, LegDelivery.Arrived);
        await scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        await scene.Host.As("network").Api.TakeWorkAsync("network", joint.Legs[2].LegId);

        await scene.Hall.Api.WithdrawJointApplicationAsync(joint.JointApplicationId, s_reason);
        Assert.Equal(LegState.Withdrawn, (await scene.LegAsync(joint, Utility.Gas)).State); // it never left us
        await scene.UntilAsync(joint, Utility.Water, LegState.Withdrawn);
        var network = scene.Host.As("network");
        await scene.UntilAsync(
            joint,
            Utility.Network,
            leg =>
                network.Api.GetWorkListAsync("network").GetAwaiter().GetResult().Items
                    is [{ Work: WorkKind.Withdrawal }],
            "the withdrawal is listed"
        );
        Assert.NotEqual(JointState.Withdrawn, (await scene.ShownAsync(joint)).State);
        await network.Api.TakeWorkAsync("network", joint.Legs[2].LegId);

        Assert.Equal(JointState.Withdrawn, (await scene.ShownAsync(joint)).State);
        Assert.True(Assert.Single(await scene.Host.Agencies.LegsOfAsync("water")).Withdrawn);
        Assert.Empty(await scene.Host.Agencies.LegsOfAsync("gas"));
        await scene.OpenAsync(JointRequests.New(Utility.Network));

        static UtilityWish Held(UtilityWish wish) => wish.Utility == Utility.Gas ? wish with { Consent = null } : wish;
    }

    [Fact]
    public async Task What_supplies_is_not_taken_back()
    {
        await using var scene = await JointDriver.StartAsync(engine);
        var joint = await scene.OpenAsync(JointRequests.New(Utility.Network));
        await scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        await scene.ReportAsync(joint.Legs[0], "connected");
        var id = joint.JointApplicationId;
        Assert.Equal(
            "state-conflict",
            await JointDriver.CodeOfAsync(() => scene.Hall.Api.WithdrawLegAsync(id, "network", s_reason))
        );
        Assert.Equal(
            "state-conflict",
            await JointDriver.CodeOfAsync(() => scene.Hall.Api.WithdrawJointApplicationAsync(id, s_reason))
        );
        Assert.Equal(LegState.Connected, (await scene.LegAsync(joint, Utility.Network)).State);
    }

    [Fact]
    public async Task Some_accept_and_one_returns_and_is_sent_again_under_a_new_key()
    {
        await using var scene = await JointDriver.StartAsync(engine);
        var joint = await scene.OpenAsync(JointRequests.New(Utility.Water, Utility.Network));
        var water = await scene.UntilAsync(joint, Utility.Water, LegDelivery.Arrived);
        await scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        await scene.ReportAsync(joint.Legs[1], "accepted");
        await scene.Host.Agencies.TellAsync("water", water.LegId, "returned", ("missing", new[] { "lease" }));
        await scene.UntilAsync(joint, Utility.Water, LegState.Returned);

        var shown = await scene.ShownAsync(joint);
        Assert.Equal((JointState.InProgress, "lease"), (shown.State, Assert.Single(shown.Missing).Item));
        await scene.Hall.Api.ResendLegAsync(
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
        await scene.UntilAsync(joint, Utility.Water, LegDelivery.Arrived);

        var legs = await scene.Host.Agencies.LegsOfAsync("water");
        Assert.Equal([$"{water.LegId}-1", $"{water.LegId}-2"], legs.Select(leg => leg.Key));
        Assert.Equal(["lease"], legs[1].Papers);
        Assert.Equal(LegState.Received, (await scene.LegAsync(joint, Utility.Water)).State);
        Assert.Empty((await scene.ShownAsync(joint)).Missing);
        await scene.Host.Agencies.TellAsync("water", water.LegId, "accepted");
        await scene.UntilAsync(joint, Utility.Water, LegState.Accepted);
        Assert.Equal(
            "state-conflict",
            await JointDriver.CodeOfAsync(() =>
                scene.Hall.Api.ResendLegAsync(joint.JointApplicationId, "water", new LegResendRequest())
            )
        );
    }
}
