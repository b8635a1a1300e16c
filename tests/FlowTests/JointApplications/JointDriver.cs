using System.Net;
using System.Text.Json.Nodes;
using Integration.Contracts.Client;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing;
using Integration.Testing.Drivers;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.JointApplications;

/// <summary>A gateway whose polled providers are asked every second, and what tests of joint applications do with it.</summary>
public sealed class JointDriver : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private int _statuses;

    private JointDriver(IntegrationHost host) => Host = host;

    public IntegrationHost Host { get; }

    public HallDriver Hall => Host.Hall;

    public static async Task<JointDriver> StartAsync(
        Engine engine = Engine.Sqlite,
        Action<JsonObject>? callers = null,
        FakeTimeProvider? clock = null
    ) =>
        new(
            await IntegrationHost.StartAsync(
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

    public Task<JointApplicationResponse> OpenAsync(JointApplicationRequest request) =>
        Hall.Api.OpenJointApplicationAsync(request);

    public Task<JointApplicationResponse> ShownAsync(JointApplicationResponse joint) =>
        Hall.Api.GetJointApplicationAsync(joint.JointApplicationId);

    public async Task<LegResponse> LegAsync(JointApplicationResponse joint, Utility utility) =>
        (await ShownAsync(joint)).Legs.Single(leg => leg.Utility == utility);

    /// <summary>Waits for a leg; a clock that is moved goes on by a second each time it is looked at.</summary>
    public Task<LegResponse> UntilAsync(
        JointApplicationResponse joint,
        Utility utility,
        Func<LegResponse, bool> fits,
        string what
    ) =>
        Eventually.GetAsync(
            what,
            () =>
            {
                Host.Clock?.Advance(TimeSpan.FromSeconds(1));
                return LegAsync(joint, utility);
            },
            fits,
            s_patience
        );

    public Task<LegResponse> UntilAsync(JointApplicationResponse joint, Utility utility, LegDelivery delivery) =>
        UntilAsync(joint, utility, leg => leg.Delivery == delivery, $"{utility} is {delivery}");

    public Task<LegResponse> UntilAsync(JointApplicationResponse joint, Utility utility, LegState state) =>
        UntilAsync(joint, utility, leg => leg.State == state, $"{utility} is {state}");

    /// <summary>A provider pushes a status that is new, unless it is given a number.</summary>
    public Task<LegStatusResponse> ReportAsync(
        LegResponse leg,
        string state,
        DateTimeOffset? at = null,
        string? statusId = null,
        IReadOnlyList<string>? missing = null
    )
    {
        var utility = leg.LegId[(leg.LegId.LastIndexOf('.') + 1)..];
        return Host.As(utility)
            .Api.ReportStatusAsync(
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
    public async Task<IReadOnlyList<string>> CallsOfAsync(string agency, string legId, params string[] operations) =>
        [
            .. (await Host.Agencies.CallsOfAsync(agency))
                .Where(call => call.IdempotencyKey?.StartsWith(legId, StringComparison.Ordinal) == true)
                .Where(call => operations.Length == 0 || operations.Contains(call.Operation, StringComparer.Ordinal))
                .Select(call => $"{call.Operation} {call.Outcome}{(call.Effective ? " effective" : string.Empty)}"),
        ];

    public static async Task<string> CodeOfAsync(Func<Task> act) =>
        (await Assert.ThrowsAsync<IntegrationProblemException>(act)).Problem.Code;

    public static async Task<string> CodeOfAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        return (await HallDriver.ProblemOfAsync(answer)).Code;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
