using System.Net;
using System.Text.Json.Nodes;
using Integration.Contracts.Client;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing;
using Integration.Testing.Drivers;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.JointApplications;

/// <summary>A gateway whose polled providers are asked every second, and what tests of joint applications do with it.</summary>
public sealed class JointScene : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private int _statuses;

    private JointScene(IntegrationHost host) => Host = host;

    public IntegrationHost Host { get; }

    public HallDriver Hall => Host.Hall;

    public static async Task<JointScene> Start(
        Engine engine = Engine.Sqlite,
        Action<JsonObject>? callers = null,
        FakeTimeProvider? clock = null
    ) =>
        new(
            await IntegrationHost.Start(
                new IntegrationHostOptions
                {
                    Engine = engine,
                    Callers = callers,
                    Clock = clock,
                    Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["Agencies:water:PollEvery"] = "00:00:01",
                        ["Gateway:Database:Timeout"] = "00:00:01",
                    },
                }
            )
        );

    public Task<JointApplicationAnswer> Open(JointApplicationRequest request) => Hall.Api.OpenJointApplication(request);

    public Task<JointApplicationAnswer> Shown(JointApplicationAnswer joint) =>
        Hall.Api.GetJointApplication(joint.JointApplicationId);

    public async Task<LegAnswer> Leg(JointApplicationAnswer joint, Utility utility) =>
        (await Shown(joint)).Legs.Single(leg => leg.Utility == utility);

    /// <summary>Waits for a leg; a clock that is moved goes on by a second each time it is looked at.</summary>
    public Task<LegAnswer> Until(
        JointApplicationAnswer joint,
        Utility utility,
        Func<LegAnswer, bool> fits,
        string what
    ) =>
        Eventually.Of(
            what,
            () =>
            {
                Host.Clock?.Advance(TimeSpan.FromSeconds(1));
                return Leg(joint, utility);
            },
            fits,
            s_patience
        );

    public Task<LegAnswer> Until(JointApplicationAnswer joint, Utility utility, LegDelivery delivery) =>
        Until(joint, utility, leg => leg.Delivery == delivery, $"{utility} is {delivery}");

    public Task<LegAnswer> Until(JointApplicationAnswer joint, Utility utility, LegState state) =>
        Until(joint, utility, leg => leg.State == state, $"{utility} is {state}");

    /// <summary>A provider pushes a status that is new, unless it is given a number.</summary>
    public Task<LegStatusAnswer> Report(
        LegAnswer leg,
        string state,
        DateTimeOffset? at = null,
        string? statusId = null,
        IReadOnlyList<string>? missing = null
    )
    {
        var utility = leg.LegId[(leg.LegId.LastIndexOf('.') + 1)..];
        return Host.As(utility)
            .Api.ReportStatus(
                utility,
                new LegStatusReport
                {
                    StatusId = statusId ?? $"s-{++_statuses}",
                    LegId = leg.LegId,
                    State = state,
                    At = at ?? Host.Time.GetUtcNow(),
                    Missing = missing,
                }
            );
    }

    /// <summary>Orders and withdrawals that a provider's call list shows for a leg, e.g. <c>order answered effective</c>.</summary>
    public async Task<IReadOnlyList<string>> CallsOf(string agency, string legId, params string[] operations) =>
        [
            .. (await Host.Agencies.CallsOf(agency))
                .Where(call => call.IdempotencyKey?.StartsWith(legId, StringComparison.Ordinal) == true)
                .Where(call => operations.Length == 0 || operations.Contains(call.Operation, StringComparer.Ordinal))
                .Select(call => $"{call.Operation} {call.Outcome}{(call.Effective ? " effective" : string.Empty)}"),
        ];

    public static async Task<string> CodeOf(Func<Task> act) =>
        (await Assert.ThrowsAsync<IntegrationProblemException>(act)).Problem.Code;

    public static async Task<string> CodeOf(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        return (await HallDriver.ProblemOf(answer)).Code;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
