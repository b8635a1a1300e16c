using Integration.Contracts.V1.JointApplications;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

/// <summary>One form, five providers, each with its own habits, to the end.</summary>
public sealed class AllProvidersTests : IAsyncLifetime
{
    private static readonly string[] s_polled = ["water", "gas", "television"];
    private static readonly string[] s_called = ["electricity", .. s_polled];
    private static readonly string[] s_ownWords = ["accepted", "surveyed", "connected", "closed"];
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Settings = s_polled.ToDictionary(
                    utility => $"Agencies:{utility}:PollEvery",
                    _ => (string?)"00:00:01",
                    StringComparer.Ordinal
                ),
            }
        );

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task One_form_reaches_each_in_its_own_way_and_every_leg_is_closed()
    {
        var opened = await _host.Hall.Api.OpenJointApplicationAsync(JointRequests.New(Enum.GetValues<Utility>()));
        await Eventually.GetAsync(
            "every provider that is called has it, and the other one can pull it",
            ShownAsync,
            shown =>
                shown.Legs.All(leg =>
                    leg.Delivery == (leg.Utility == Utility.Network ? LegDelivery.Listed : LegDelivery.Arrived)
                ),
            TimeSpan.FromSeconds(60)
        );
        foreach (var utility in s_polled)
        {
            await WorkAsync(utility, opened);
        }

        await PushAsync("electricity", opened);
        var network = opened.Legs.Single(leg => leg.Utility == Utility.Network);
        await _host.As("network").Api.TakeWorkAsync("network", network.LegId);
        await PushAsync("network", opened);

        var states = await Eventually.GetAsync(
            "every leg is closed",
            async () => string.Join(' ', (await ShownAsync()).Legs.Select(leg => $"{leg.Utility}:{leg.State}")),
            states => !states.Split(' ').Any(state => !state.EndsWith(":Closed", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(90)
        );
        Assert.Equal(5, states.Split(' ').Length);
        Assert.Equal(JointState.Closed, (await ShownAsync()).State);
        foreach (var utility in s_called)
        {
            var held = Assert.Single(await _host.Agencies.LegsOfAsync(utility));
            Assert.True(held is { Complete: true, Withdrawn: false });
            Assert.Contains("premises.address", held.Fields);
            var effective = (await _host.Agencies.CallsOfAsync(utility)).Where(call => call.Effective).ToList();
            Assert.Equal(effective.Count, effective.DistinctBy(call => call.IdempotencyKey).Count());
            Assert.Contains(held.Key, effective.Select(call => call.IdempotencyKey));
        }

        Task<JointApplicationResponse> ShownAsync() =>
            _host.Hall.Api.GetJointApplicationAsync(opened.JointApplicationId);
    }

    /// <summary>The provider's people do everything; polling finds it.</summary>
    private async Task WorkAsync(string utility, JointApplicationResponse opened)
    {
        foreach (var state in s_ownWords)
        {
            await _host.Agencies.TellAsync(utility, LegOf(utility, opened).LegId, state);
        }
    }

    private async Task PushAsync(string utility, JointApplicationResponse opened)
    {
        var leg = LegOf(utility, opened);
        foreach (var state in s_ownWords)
        {
            await _host
                .As(utility)
                .Api.ReportStatusAsync(
                    utility,
                    new LegStatusReport
                    {
                        StatusId = $"{utility}-{state}",
                        LegId = leg.LegId,
                        State = state,
                        At = _host.Time.GetUtcNow(),
                    }
                );
        }
    }

    private static LegResponse LegOf(string utility, JointApplicationResponse opened) =>
        opened.Legs.Single(leg => leg.LegId.EndsWith($".{utility}", StringComparison.Ordinal));
}
