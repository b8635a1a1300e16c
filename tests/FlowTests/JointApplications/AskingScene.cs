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
/// tried again after a pause; and a hall that has a web-hook at which nobody listens.
/// </summary>
internal sealed class AskingScene : IAsyncDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("asking-test-").FullName;

    public IntegrationHost Host { get; private set; } = null!;

    public FakeTimeProvider Clock => Host.Clock!;

    public static async Task<AskingScene> Start(Engine engine = Engine.Sqlite, Action<JsonObject>? callers = null)
    {
        var scene = new AskingScene();
        var secret = Path.Combine(scene._folder, "hook.secret");
        await File.WriteAllTextAsync(secret, $"whsec_{Convert.ToBase64String(new byte[32])}");
        scene.Host = await IntegrationHost.Start(
            new IntegrationHostOptions
            {
                Engine = engine,
                Callers = callers,
                Clock = new FakeTimeProvider(JointHost.Time("2026-11-23T09:00:00+08:00")),
                Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Agencies:water:PollEvery"] = "00:00:01",
                    ["Gateway:Notices:Subscribers:0:Name"] = "hall-web",
                    ["Gateway:Notices:Subscribers:0:Client"] = "hall",
                    ["Gateway:Notices:Subscribers:0:Address"] = "http://127.0.0.1:9/nobody-listens",
                    ["Gateway:Notices:Subscribers:0:Secret"] = $"file:{secret}",
                },
            }
        );
        return scene;
    }

    public Task<JointApplicationAnswer> Open(JointApplicationRequest request, HallDriver? by = null) =>
        Moving((by ?? Host.Hall).Api.OpenJointApplication(request));

    public Task<JointApplicationAnswer> Resend(
        JointApplicationAnswer joint,
        string utility,
        LegResendRequest? request = null
    ) => Moving(Host.Hall.Api.ResendLeg(joint.JointApplicationId, utility, request ?? new LegResendRequest()));

    public Task<JointApplicationAnswer> Shown(JointApplicationAnswer joint) =>
        Host.Hall.Api.GetJointApplication(joint.JointApplicationId);

    /// <summary>Waits for what the gateway does by itself; says where the legs stand when it does not come.</summary>
    public Task<JointApplicationAnswer> Until(
        JointApplicationAnswer joint,
        string what,
        Func<JointApplicationAnswer, bool> fits
    ) => Until(joint, what, fits, () => Task.CompletedTask);

    /// <summary>The same, leaping from one question to the next.</summary>
    public Task<JointApplicationAnswer> UntilAsked(
        JointApplicationAnswer joint,
        string what,
        Func<JointApplicationAnswer, bool> fits
    ) => Until(joint, what, fits, () => Leap(joint));

    /// <summary>The same for more than one application.</summary>
    public Task UntilAsked(JointApplicationAnswer joint, string what, Func<Task<bool>> fits) =>
        Eventually.Of(
            what,
            async () =>
            {
                await Leap(joint);
                Clock.Advance(s_step);
                return await fits();
            },
            isThere => isThere,
            s_patience
        );

    /// <summary>When proofs are asked again; null: they are not.</summary>
    public async Task<DateTimeOffset?> AsksAt(JointApplicationAnswer joint)
    {
        await using var db = Db();
        return (await db.FindAsync<TimerRow>("joint-proofs", joint.JointApplicationId))?.DueAt;
    }

    /// <summary>How many notices of a type were put for the hall.</summary>
    public async Task<int> Notices(string type)
    {
        await using var db = Db();
        return await db.Set<NoticeRow>().CountAsync(row => row.Type == type);
    }

    /// <summary>What is on record of a subject, in order.</summary>
    public async Task<IReadOnlyList<string>> OnRecord(JointApplicationAnswer joint, string subject) =>
        [
            .. (await Host.Hall.Api.GetCase(joint.CaseId))
                .Timeline.Where(entry => entry.What == subject && entry.Kind == "leg")
                .Select(entry => entry.Outcome ?? string.Empty),
        ];

    /// <summary>To the moment of the next question; while it is under way, that moment has passed.</summary>
    private async Task Leap(JointApplicationAnswer joint)
    {
        if (await AsksAt(joint) is { } due && due > Clock.GetUtcNow())
        {
            Clock.Advance(due - Clock.GetUtcNow());
        }
    }

    private async Task<JointApplicationAnswer> Until(
        JointApplicationAnswer joint,
        string what,
        Func<JointApplicationAnswer, bool> fits,
        Func<Task> leap
    )
    {
        var shown = joint;
        await Eventually.Of(
            what,
            async () =>
            {
                await leap();
                Clock.Advance(s_step);
                shown = await Shown(joint);
                var legs = shown.Legs.Select(leg => $"{leg.Utility} {leg.Delivery} {leg.Next}");
                return $"{Clock.GetUtcNow():T}; {string.Join("; ", legs)}";
            },
            _ => fits(shown),
            s_patience
        );
        return shown;
    }

    /// <summary>Lets the clock go on while a call is under way.</summary>
    public async Task<T> Moving<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            Clock.Advance(s_step);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return await call;
    }

    private GatewayDb Db() => Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
