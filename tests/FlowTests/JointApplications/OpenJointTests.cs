using Integration.Contracts.Client;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

public sealed class SqliteOpenJointTests() : OpenJointTests(Engine.Sqlite);

public sealed class PostgresOpenJointTests() : OpenJointTests(Engine.PostgreSql);

/// <summary>One form becomes legs; a provider that pulls takes its leg to the end.</summary>
public abstract class OpenJointTests(Engine engine) : IAsyncLifetime
{
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IntegrationHost.StartAsync(new() { Engine = engine });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task One_utility_goes_from_the_form_to_closed()
    {
        var opened = await _host.Hall.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));
        Assert.Equal(JointState.Received, opened.State);
        Assert.Empty(opened.Missing);
        Assert.All(opened.Proofs, proof => Assert.Equal("Match", proof.Outcome.ToString()));
        var leg = Assert.Single(opened.Legs);

        var network = _host.As("network");
        var item = await Eventually.GetAsync(
            "the leg is on the work list",
            () => network.Api.GetWorkListAsync("network"),
            list => list.Items.Count == 1
        );
        Assert.Equal(leg.LegId, item.Items[0].LegId);
        Assert.Equal(LegDelivery.Listed, (await ShownAsync(opened)).Legs[0].Delivery);
        await network.Api.TakeWorkAsync("network", leg.LegId);
        Assert.Empty((await network.Api.GetWorkListAsync("network")).Items);
        foreach (var state in new[] { "accepted", "surveyScheduled", "surveyed", "connected", "closed" })
        {
            var status = Status(leg, state);
            Assert.Equal(StatusEffect.Applied, (await network.Api.ReportStatusAsync("network", status)).Effect);
        }

        Assert.Equal(JointState.Closed, (await ShownAsync(opened)).State);
    }

    [Fact]
    public async Task The_same_applicant_at_the_same_place_is_not_opened_twice()
    {
        var first = await _host.Hall.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));
        var again = await Assert.ThrowsAsync<IntegrationProblemException>(() =>
            _host.Hall.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network))
        );
        Assert.Equal("already-open", again.Problem.Code);
        Assert.Contains(first.JointApplicationId, again.Problem.Detail, StringComparison.Ordinal);

        await _host.Hall.Api.WithdrawJointApplicationAsync(first.JointApplicationId, new() { Reason = "不办了" });
        await Eventually.GetAsync(
            "it is withdrawn",
            () => _host.As("network").Api.TakeWorkAsync("network", first.Legs[0].LegId),
            taken => taken.State == LegState.Withdrawn
        );
        var second = await _host.Hall.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));
        Assert.NotEqual(first.JointApplicationId, second.JointApplicationId);
    }

    [Fact]
    public async Task A_utility_touches_its_own_legs_only()
    {
        var opened = await _host.Hall.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));
        var water = _host.As("water");
        foreach (var utility in new[] { "network", "water" })
        {
            var refused = await Assert.ThrowsAsync<IntegrationProblemException>(() =>
                water.Api.ReportStatusAsync(utility, Status(opened.Legs[0], "accepted"))
            );
            Assert.Equal("not-granted", refused.Problem.Code);
        }
    }

    private Task<JointApplicationResponse> ShownAsync(JointApplicationResponse joint) =>
        _host.Hall.Api.GetJointApplicationAsync(joint.JointApplicationId);

    private LegStatusReport Status(LegResponse leg, string state) =>
        new()
        {
            StatusId = $"{leg.LegId}-{state}",
            LegId = leg.LegId,
            State = state,
            At = _host.Time.GetUtcNow(),
        };
}
