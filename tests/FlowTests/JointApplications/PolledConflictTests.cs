using Integration.Contracts.V1.JointApplications;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

/// <summary>A provider that is polled and gives two statuses one number is not told; the operators here are, once.</summary>
public sealed class PolledConflictTests : IAsyncLifetime
{
    private const string Number = "twice-1";
    private JointProofDriver _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await JointProofDriver.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Another_status_under_a_known_number_is_a_problem_once_and_moves_nothing()
    {
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Water));
        await _scene.UntilAsync(joint, "water has it", shown => shown.Legs[0].Delivery == LegDelivery.Arrived);
        await TellAsync("accepted");
        await _scene.UntilAsync(joint, "it is accepted", shown => shown.Legs[0].State == LegState.Accepted);
        await PolledAsync(3);
        Assert.Null((await _scene.ShownAsync(joint)).Legs[0].Problems); // the same said again is no problem

        await TellAsync("surveyed");
        var told = await _scene.UntilAsync(joint, "the problem", shown => shown.Legs[0].Problems is not null);
        Assert.Equal("status-conflict", told.Legs[0].Problems![0].Problem);
        Assert.Contains(Number, told.Legs[0].Problems![0].Text, StringComparison.Ordinal);
        await PolledAsync(3);
        await _scene.Host.Hall.Api.CloseProblemAsync(
            joint.JointApplicationId,
            "water",
            1,
            new ProblemCloseRequest { Reference = "ASKED-1" }
        );
        await PolledAsync(3);

        var after = (await _scene.ShownAsync(joint)).Legs[0];
        Assert.Equal(LegState.Accepted, after.State);
        Assert.NotNull(Assert.Single(after.Problems!).ClosedAt);
        Assert.Equal(1, await _scene.NoticesAsync("joint.problem"));
        Assert.Single(await _scene.OnRecordAsync(joint, "water"), entry => entry == "status-conflict");

        Task TellAsync(string code) =>
            _scene.Host.Agencies.TellAsync(
                "water",
                joint.Legs[0].LegId,
                code,
                ("statusId", Number),
                ("at", JointDeadlineDriver.Time("2026-11-23T09:00:00+08:00"))
            );

        async Task PolledAsync(int times)
        {
            var before = await PollsAsync();
            await _scene.UntilAsync(
                joint,
                "it is polled again",
                _ => PollsAsync().GetAwaiter().GetResult() >= before + times
            );
        }

        async Task<int> PollsAsync() => (await _scene.Host.Agencies.CallsOfAsync("water")).Count;
    }
}
