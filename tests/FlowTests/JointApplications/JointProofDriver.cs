using System.Text.Json.Nodes;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Drivers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.JointApplications;

/// <summary>
/// A gateway whose clock the test moves in small steps, also while a call is under way, because an agency that does not answer is
/// tried again after a pause; and a hall that has a web-hook at which no server listens.
/// </summary>
internal sealed class JointProofDriver : IAsyncDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private JointProofDriver(IntegrationHost host) => Host = host;

    public IntegrationHost Host { get; }

    public FakeTimeProvider Clock => Host.Clock!;

    public static async Task<JointProofDriver> StartAsync(
        Engine engine = Engine.Sqlite,
        Action<JsonObject>? callers = null
    ) =>
        new(
            await IntegrationHost.StartAsync(
                new IntegrationHostOptions
                {
                    Engine = engine,
                    Callers = callers,
                    Clock = new FakeTimeProvider(JointDeadlineDriver.Time("2026-11-23T09:00:00+08:00")),
                    Subscriber = HookSubscriber.Unreachable,
                    Settings = new Dictionary<string, string?> { ["Agencies:water:PollEvery"] = "00:00:01" },
                }
            )
        );

    public Task<JointApplicationResponse> OpenAsync(JointApplicationRequest request, HallDriver? by = null) =>
        MovingAsync((by ?? Host.Hall).Api.OpenJointApplicationAsync(request));

    public Task<JointApplicationResponse> ResendAsync(
        JointApplicationResponse joint,
        string utility,
        LegResendRequest? request = null
    ) =>
        MovingAsync(Host.Hall.Api.ResendLegAsync(joint.JointApplicationId, utility, request ?? new LegResendRequest()));

    public Task<JointApplicationResponse> ShownAsync(JointApplicationResponse joint) =>
        Host.Hall.Api.GetJointApplicationAsync(joint.JointApplicationId);

    /// <summary>Waits for what the gateway does by itself; says where the legs stand when it does not come.</summary>
    public Task<JointApplicationResponse> UntilAsync(
        JointApplicationResponse joint,
        string what,
        Func<JointApplicationResponse, bool> fits
    ) => UntilAsync(joint, what, fits, () => Task.CompletedTask);

    /// <summary>The same, leaping from one question to the next.</summary>
    public Task<JointApplicationResponse> UntilAskedAsync(
        JointApplicationResponse joint,
        string what,
        Func<JointApplicationResponse, bool> fits
    ) => UntilAsync(joint, what, fits, () => LeapAsync(joint));

    /// <summary>The same for more than one application.</summary>
    public Task UntilAskedAsync(JointApplicationResponse joint, string what, Func<Task<bool>> fits) =>
        Eventually.GetAsync(
            what,
            async () =>
            {
                await LeapAsync(joint);
                Clock.Advance(s_step);
                return await fits();
            },
            isThere => isThere,
            s_patience
        );

    /// <summary>When proofs are asked again; null: they are not.</summary>
    public async Task<DateTimeOffset?> AsksAtAsync(JointApplicationResponse joint)
    {
        await using var db = Db();
        return (await db.FindAsync<TimerRow>("joint-proofs", joint.JointApplicationId))?.DueAt;
    }

    /// <summary>How many notices of a type were put for the hall.</summary>
    public async Task<int> NoticesAsync(string type)
    {
        await using var db = Db();
        return await db.Set<NoticeRow>().CountAsync(row => row.Type == type);
    }

    /// <summary>What is on record of a subject, in order.</summary>
    public async Task<IReadOnlyList<string>> OnRecordAsync(JointApplicationResponse joint, string subject) =>
        [
            .. (await Host.Hall.Api.GetCaseAsync(joint.CaseId))
                .Timeline.Where(entry => entry.What == subject && entry.Kind == "leg")
                .Select(entry => entry.Outcome ?? string.Empty),
        ];

    /// <summary>To the moment of the next question; while it is under way, that moment has passed.</summary>
    private async Task LeapAsync(JointApplicationResponse joint)
    {
        if (await AsksAtAsync(joint) is { } due && due > Clock.GetUtcNow())
        {
            Clock.Advance(due - Clock.GetUtcNow());
        }
    }

    private async Task<JointApplicationResponse> UntilAsync(
        JointApplicationResponse joint,
        string what,
        Func<JointApplicationResponse, bool> fits,
        Func<Task> leap
    )
    {
        var shown = joint;
        await Eventually.GetAsync(
            what,
            async () =>
            {
                await leap();
                Clock.Advance(s_step);
                shown = await ShownAsync(joint);
                var legs = shown.Legs.Select(leg => $"{leg.Utility} {leg.Delivery} {leg.Next}");
                return $"{Clock.GetUtcNow():T}; {string.Join("; ", legs)}";
            },
            _ => fits(shown),
            s_patience
        );
        return shown;
    }

    /// <summary>Lets the clock go on while a call is under way.</summary>
    public Task<T> MovingAsync<T>(Task<T> call) => Clock.WhileAsync(call, s_step);

    private GatewayDb Db() => Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
