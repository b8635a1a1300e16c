using System.Net;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

/// <summary>Statuses that are late, repeated, unknown, contradictory or somebody else's.</summary>
public sealed class JointStatusTests : IAsyncLifetime
{
    private JointScene _scene = null!;
    private JointApplicationAnswer _joint = null!;
    private LegAnswer _leg = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await JointScene.Start();
        _joint = await _scene.Open(JointRequests.New(Utility.Network));
        _leg = await _scene.Until(_joint, Utility.Network, LegDelivery.Listed);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Late_and_repeated_ones_move_nothing()
    {
        var first = _scene.Host.Time.GetUtcNow().AddMinutes(-10);
        await Expect("surveyed", StatusEffect.Applied, LegState.Surveyed, first);
        await Expect("accepted", StatusEffect.Late, LegState.Surveyed, first.AddMinutes(-1));
        await Expect("surveyed", StatusEffect.Repeated, LegState.Surveyed, first.AddMinutes(1));
        await Expect("suspended", StatusEffect.Late, LegState.Surveyed, first.AddMinutes(-1));
        await Expect("suspended", StatusEffect.Applied, LegState.Suspended, first.AddMinutes(2));
        await Expect("planAnswered", StatusEffect.Applied, LegState.PlanAnswered, first.AddMinutes(3));
        await Expect("returned", StatusEffect.Contradiction, LegState.PlanAnswered, first.AddMinutes(4));
        var leg = await _scene.Leg(_joint, Utility.Network);
        Assert.Equal("contradiction", Assert.Single(leg.Problems!).Problem);
    }

    [Fact]
    public async Task An_unknown_code_is_kept_and_shown()
    {
        await Expect("装表待定", StatusEffect.NotUnderstood, LegState.Received);
        Assert.Equal("装表待定", (await _scene.Leg(_joint, Utility.Network)).RawStatus);
    }

    [Fact]
    public async Task After_the_end_nothing_moves_any_more()
    {
        await Expect("closed", StatusEffect.Applied, LegState.Closed);
        await Expect("connected", StatusEffect.AfterEnd, LegState.Closed);
        await Expect("withdrawn", StatusEffect.AfterEnd, LegState.Closed);
        Assert.Equal(JointState.Closed, (await _scene.Shown(_joint)).State);
    }

    [Fact]
    public async Task One_number_is_one_status_for_ever()
    {
        var at = _scene.Host.Time.GetUtcNow();
        var first = await _scene.Report(_leg, "accepted", at, "one");
        var again = await _scene.Report(_leg, "accepted", at, "one");
        Assert.Equal(first, again);
        Assert.Equal("status-conflict", await JointScene.CodeOf(() => _scene.Report(_leg, "surveyed", at, "one")));
        Assert.Equal(LegState.Accepted, (await _scene.Leg(_joint, Utility.Network)).State);
    }

    [Fact]
    public async Task In_any_order_they_end_where_they_end_in_order()
    {
        var start = _scene.Host.Time.GetUtcNow().AddHours(-1);
        string[] states = ["accepted", "suspended", "surveyScheduled", "surveyed", "construction", "connected"];
        foreach (var i in new[] { 5, 1, 3, 0, 4, 2 })
        {
            await _scene.Report(_leg, states[i], start.AddMinutes(i));
        }

        Assert.Equal(LegState.Connected, (await _scene.Leg(_joint, Utility.Network)).State);
        Assert.Equal(JointState.Connected, (await _scene.Shown(_joint)).State);
    }

    [Fact]
    public async Task Nobody_reports_for_another_utility_or_without_being_one()
    {
        var report = new LegStatusReport
        {
            StatusId = "x",
            LegId = _leg.LegId,
            State = "accepted",
            At = _scene.Host.Time.GetUtcNow(),
        };
        foreach (var (client, utility) in new[] { ("water", "network"), ("water", "water"), ("hall", "network") })
        {
            var api = _scene.Host.As(client).Api;
            Assert.Equal("not-granted", await JointScene.CodeOf(() => api.ReportStatus(utility, report)));
            Assert.Equal("not-granted", await JointScene.CodeOf(() => api.TakeWork(utility, _leg.LegId)));
        }

        Assert.Equal("not-granted", await JointScene.CodeOf(() => _scene.Host.As("water").Api.GetWorkList("network")));
        using var unknown = await _scene
            .Host.As("network")
            .Post("/v1/utilities/network/statuses", report with { LegId = "jnt_none.network" });
        Assert.Equal("not-found", await JointScene.CodeOf(unknown, HttpStatusCode.NotFound));
        Assert.Equal(LegState.Received, (await _scene.Leg(_joint, Utility.Network)).State);
    }

    private async Task Expect(string said, StatusEffect effect, LegState state, DateTimeOffset? at = null)
    {
        var answer = await _scene.Report(_leg, said, at);
        Assert.Equal((effect, state), (answer.Effect, answer.State));
    }
}
