using Integration.Contracts.V1.JointApplications;
using Integration.Try.Setup;

namespace Integration.Try.Scenario;

/// <summary>
/// Plays the providers' people: those that are polled walk by themselves in the sandbox; a leg on a work list is taken from it; who is
/// not polled reports the next state.
/// </summary>
internal sealed class ProviderPlay(
    Uri gateway,
    Func<string, LocalClient> clientOf,
    AgencySwitches agencies,
    TimeProvider time
) : IAsyncDisposable
{
    private static readonly LegState[] s_way =
    [
        LegState.Accepted,
        LegState.SurveyScheduled,
        LegState.Surveyed,
        LegState.PlanAnswered,
        LegState.Construction,
        LegState.Inspected,
        LegState.Connected,
        LegState.Closed,
    ];

    /// <summary>Those that have a client and a sandbox agency in this installation, however many the gateway knows.</summary>
    private static readonly Utility[] s_utilities =
    [
        Utility.Electricity,
        Utility.Water,
        Utility.Gas,
        Utility.Network,
        Utility.Television,
    ];

    private readonly Dictionary<Utility, HallClient> _clients = s_utilities.ToDictionary(
        utility => utility,
        utility => new HallClient(gateway, clientOf(Name(utility)), time)
    );

    private readonly HashSet<Utility> _walking = [];

    /// <summary>Lets the polled providers walk.</summary>
    public async Task StartAsync()
    {
        foreach (var utility in _clients.Keys.Where(utility => utility != Utility.Electricity))
        {
            if (await agencies.WalkAsync(Name(utility), on: true))
            {
                _walking.Add(utility);
            }
        }
    }

    /// <summary>The sandbox is left as it was.</summary>
    public async Task EndAsync()
    {
        foreach (var utility in _walking)
        {
            await agencies.WalkAsync(Name(utility), on: false);
        }
    }

    /// <summary>Every provider that is not polled does the next thing for its leg.</summary>
    public async Task PlayAsync(JointApplicationResponse joint)
    {
        foreach (var leg in joint.Legs.Where(leg => leg.State != LegState.Closed))
        {
            var client = _clients[leg.Utility].Api;
            if (leg.Delivery == LegDelivery.Listed)
            {
                await client.TakeWorkAsync(Name(leg.Utility), leg.LegId);
            }
            else if (leg.Delivery == LegDelivery.Arrived && !_walking.Contains(leg.Utility))
            {
                await client.ReportStatusAsync(Name(leg.Utility), Next(leg));
            }
        }
    }

    /// <summary>Every leg at a provider that is polled stands elsewhere than before, or at its end.</summary>
    public bool AllHeard(JointApplicationResponse before, JointApplicationResponse now) =>
        now
            .Legs.Zip(before.Legs)
            .Where(leg => _walking.Contains(leg.First.Utility))
            .All(leg => leg.First.State == LegState.Closed || leg.First.State != leg.Second.State);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            await client.DisposeAsync();
        }
    }

    private LegStatusReport Next(LegResponse leg)
    {
        var next = s_way[Array.IndexOf(s_way, leg.State) + 1];
        return new LegStatusReport
        {
            StatusId = $"{leg.LegId}-{next}",
            LegId = leg.LegId,
            State = Name(next),
            At = time.GetUtcNow(),
        };
    }

    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
