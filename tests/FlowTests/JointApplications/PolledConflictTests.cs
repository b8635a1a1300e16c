using Integration.Contracts.V1.JointApplications;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

/// <summary>A provider that is polled and gives two statuses one number is not told; somebody here is, once.</summary>
public sealed class PolledConflictTests : IAsyncLifetime
{
    private const string Number = "twice-1";
    private AskingScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await AskingScene.Start();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Another_status_under_a_known_number_is_a_problem_once_and_moves_nothing()
    {
        var joint = await _scene.Open(JointRequests.New(Utility.Water));
        await _scene.Until(joint, "water has it", shown => shown.Legs[0].Delivery == LegDelivery.Arrived);
        await Tell("accepted");
        await _scene.Until(joint, "it is accepted", shown => shown.Legs[0].State == LegState.Accepted);
        await Polled(3);
        Assert.Null((await _scene.Shown(joint)).Legs[0].Problems); // the same said again is no problem

        await Tell("surveyed");
        var told = await _scene.Until(joint, "the problem", shown => shown.Legs[0].Problems is not null);
        Assert.Equal("status-conflict", told.Legs[0].Problems![0].Problem);
        Assert.Contains(Number, told.Legs[0].Problems![0].Text, StringComparison.Ordinal);
        await Polled(3);
        await _scene.Host.Hall.Api.CloseProblem(
            joint.JointApplicationId,
            "water",
            1,
            new ProblemCloseRequest { Reference = "ASKED-1" }
        );
        await Polled(3);

        var after = (await _scene.Shown(joint)).Legs[0];
        Assert.Equal(LegState.Accepted, after.State);
        Assert.NotNull(Assert.Single(after.Problems!).ClosedAt);
        Assert.Equal(1, await _scene.Notices("joint.problem"));
        Assert.Single(await _scene.OnRecord(joint, "water"), entry => entry == "status-conflict");

        Task Tell(string code) =>
            _scene.Host.Agencies.Tell(
                "water",
                joint.Legs[0].LegId,
                code,
                ("statusId", Number),
                ("at", JointHost.Time("2026-11-23T09:00:00+08:00"))
            );

        async Task Polled(int times)
        {
            var before = await Polls();
            await _scene.Until(joint, "it is polled again", _ => Polls().GetAwaiter().GetResult() >= before + times);
        }

        async Task<int> Polls() => (await _scene.Host.Agencies.CallsOf("water")).Count;
    }
}
