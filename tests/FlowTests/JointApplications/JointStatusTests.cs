using System.Net;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

/// <summary>Statuses that are late, repeated, unknown, contradictory or another utility's.</summary>
public sealed class JointStatusTests : IAsyncLifetime
{
    private JointDriver _scene = null!;
    private JointApplicationResponse _joint = null!;
    private LegResponse _leg = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await JointDriver.StartAsync();
        _joint = await _scene.OpenAsync(JointRequests.New(Utility.Network));
        _leg = await _scene.UntilAsync(_joint, Utility.Network, LegDelivery.Listed);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Late_and_repeated_ones_move_nothing()
    {
        var first = _scene.Host.Time.GetUtcNow().AddMinutes(-10);
        await ExpectAsync("surveyed", StatusEffect.Applied, LegState.Surveyed, first);
        await ExpectAsync("accepted", StatusEffect.Late, LegState.Surveyed, first.AddMinutes(-1));
        await ExpectAsync("surveyed", StatusEffect.Repeated, LegState.Surveyed, first.AddMinutes(1));
        await ExpectAsync("suspended", StatusEffect.Late, LegState.Surveyed, first.AddMinutes(-1));
        await ExpectAsync("suspended", StatusEffect.Applied, LegState.Suspended, first.AddMinutes(2));
        await ExpectAsync("planAnswered", StatusEffect.Applied, LegState.PlanAnswered, first.AddMinutes(3));
        await ExpectAsync("returned", StatusEffect.Contradiction, LegState.PlanAnswered, first.AddMinutes(4));
        var leg = await _scene.LegAsync(_joint, Utility.Network);
        Assert.Equal("contradiction", Assert.Single(leg.Problems!).Problem);
    }

    [Fact]
    public async Task An_unknown_code_is_kept_and_shown()
    {
        await ExpectAsync("装表待定", StatusEffect.NotUnderstood, LegState.Received);
        Assert.Equal("装表待定", (await _scene.LegAsync(_joint, Utility.Network)).RawStatus);
    }

    [Fact]
    public async Task After_the_end_nothing_moves_any_more()
    {
        await ExpectAsync("closed", StatusEffect.Applied, LegState.Closed);
        await ExpectAsync("connected", StatusEffect.AfterEnd, LegState.Closed);
        await ExpectAsync("withdrawn", StatusEffect.AfterEnd, LegState.Closed);
        Assert.Equal(JointState.Closed, (await _scene.ShownAsync(_joint)).State);
    }

    [Fact]
    public async Task One_number_is_one_status_for_ever()
    {
        var at = _scene.Host.Time.GetUtcNow();
        var first = await _scene.ReportAsync(_leg, "accepted", at, "one");
        var again = await _scene.ReportAsync(_leg, "accepted", at, "one");
        Assert.Equal(first, again);
        Assert.Equal(
            "status-conflict",
            await JointDriver.CodeOfAsync(() => _scene.ReportAsync(_leg, "surveyed", at, "one"))
        );
        Assert.Equal(LegState.Accepted, (await _scene.LegAsync(_joint, Utility.Network)).State);
    }

    [Fact]
    public async Task In_any_order_they_end_where_they_end_in_order()
    {
        var start = _scene.Host.Time.GetUtcNow().AddHours(-1);
        string[] states = ["accepted", "suspended", "surveyScheduled", "surveyed", "construction", "connected"];
        foreach (var i in new[] { 5, 1, 3, 0, 4, 2 })
        {
            await _scene.ReportAsync(_leg, states[i], start.AddMinutes(i));
        }

        Assert.Equal(LegState.Connected, (await _scene.LegAsync(_joint, Utility.Network)).State);
        Assert.Equal(JointState.Connected, (await _scene.ShownAsync(_joint)).State);
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
            Assert.Equal("not-granted", await JointDriver.CodeOfAsync(() => api.ReportStatusAsync(utility, report)));
            Assert.Equal("not-granted", await JointDriver.CodeOfAsync(() => api.TakeWorkAsync(utility, _leg.LegId)));
        }

        Assert.Equal(
            "not-granted",
            await JointDriver.CodeOfAsync(() => _scene.Host.As("water").Api.GetWorkListAsync("network"))
        );
        using var unknown = await _scene
            .Host.As("network")
            .PostAsync("/v1/utilities/network/statuses", report with { LegId = "jnt_none.network" });
        Assert.Equal("not-found", await JointDriver.CodeOfAsync(unknown, HttpStatusCode.NotFound));
        Assert.Equal(LegState.Received, (await _scene.LegAsync(_joint, Utility.Network)).State);
    }

    private async Task ExpectAsync(string said, StatusEffect effect, LegState state, DateTimeOffset? at = null)
    {
        var answer = await _scene.ReportAsync(_leg, said, at);
        Assert.Equal((effect, state), (answer.Effect, answer.State));
    }
}
