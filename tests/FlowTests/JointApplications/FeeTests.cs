using Integration.Contracts.Client;
using Integration.Contracts.V1.JointApplications;
using Integration.FlowTests.Notices;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

public sealed class SqliteFeeTests() : FeeTests(Engine.Sqlite);

public sealed class PostgresFeeTests() : FeeTests(Engine.PostgreSql);

/// <summary>A fee that may not be charged never reaches the applicant: it is a problem until the hall closes it out.</summary>
public abstract class FeeTests(Engine engine) : IAsyncLifetime
{
    private HookDriver _hooked = null!;

    private IntegrationHost Host => _hooked.Host;

    public async ValueTask InitializeAsync() => _hooked = await HookDriver.StartAsync(engine);

    public async ValueTask DisposeAsync()
    {
        await _hooked.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_forbidden_fee_is_not_told_but_raised_and_closed_out_once()
    {
        var opened = await Host.Hall.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));
        var id = opened.JointApplicationId;
        var network = Host.As("network");
        var answer = await network.Api.ReportStatusAsync("network", Charged(opened.Legs[0], "调 试 费", "宽带月租"));
        Assert.Equal(StatusEffect.Applied, answer.Effect);

        var leg = (await Host.Hall.Api.GetJointApplicationAsync(id)).Legs[0];
        Assert.Equal(LegState.Accepted, leg.State);
        Assert.Equal("宽带月租", Assert.Single(leg.Fees!).Name);
        var problem = Assert.Single(leg.Problems!);
        Assert.Equal(("forbidden-fee", 1), (problem.Problem, problem.Number));
        Assert.Contains("88 元", problem.Text, StringComparison.Ordinal);
        var notice = await Eventually.GetAsync(
            "the hall is told",
            () => Task.FromResult(_hooked.Subscriber.Received.FirstOrDefault(seen => seen.Type == "joint.problem")),
            seen => seen is not null
        );
        Assert.Equal("调试费", notice!.Data.Details["fee"]);

        var settled = new ProblemCloseRequest { Reference = "REFUND-2026-7" };
        var closed = await Host.Hall.Api.CloseProblemAsync(id, "network", 1, settled);
        Assert.NotNull(closed.Legs[0].Problems![0].ClosedAt);
        Assert.Equal("REFUND-2026-7", closed.Legs[0].Problems![0].Reference);
        Assert.Equal(
            "state-conflict",
            await RefusedAsync(() => Host.Hall.Api.CloseProblemAsync(id, "network", 1, settled))
        );
        Assert.Equal("not-found", await RefusedAsync(() => Host.Hall.Api.CloseProblemAsync(id, "network", 2, settled)));
        Assert.Equal("not-found", await RefusedAsync(() => Host.Hall.Api.CloseProblemAsync(id, "water", 1, settled)));
        Assert.Equal(
            "request-invalid",
            await RefusedAsync(() => Host.Hall.Api.CloseProblemAsync(id, "network", 1, new()))
        );
    }

    [Fact]
    public async Task A_provider_closes_nothing_out()
    {
        var opened = await Host.Hall.Api.OpenJointApplicationAsync(JointRequests.New(Utility.Network));
        var network = Host.As("network");
        await network.Api.ReportStatusAsync("network", Charged(opened.Legs[0], "移表费"));
        var settled = new ProblemCloseRequest { Reference = "OWN-1" };
        Assert.Equal(
            "not-found",
            await RefusedAsync(() => network.Api.CloseProblemAsync(opened.JointApplicationId, "network", 1, settled))
        );
    }

    private LegStatusReport Charged(LegResponse leg, params IReadOnlyList<string> fees) =>
        new()
        {
            StatusId = $"{leg.LegId}-charged",
            LegId = leg.LegId,
            State = "accepted",
            At = Host.Time.GetUtcNow(),
            Fees = [.. fees.Select(name => new LegFee { Name = name, Amount = 88 })],
        };

    private static async Task<string> RefusedAsync(Func<Task> act) =>
        (await Assert.ThrowsAsync<IntegrationProblemException>(act)).Problem.Code;
}
