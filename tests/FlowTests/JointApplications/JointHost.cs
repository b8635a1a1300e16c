using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Timing;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.JointApplications;

/// <summary>A gateway whose clock the test moves, with a joint application of one leg: by default the network provider pulls it.</summary>
public sealed class JointHost : IAsyncDisposable
{
    /// <summary>While a call is under way the clock must not overtake its time-out.</summary>
    private static readonly TimeSpan s_whileCalling = TimeSpan.FromMilliseconds(100);

    private JointHost(IntegrationHost host) => Host = host;

    public IntegrationHost Host { get; }

    public FakeTimeProvider Clock => Host.Clock!;

    public JointApplicationAnswer Joint { get; private set; } = null!;

    public string CaseId => Joint.CaseId;

    public string LegId => Joint.Legs[0].LegId;

    /// <summary>Opens the joint application at a moment, by default Monday 2026-11-23 at 09:00.</summary>
    public static async Task<JointHost> Start(
        Engine engine,
        string at = "2026-11-23T09:00:00+08:00",
        Utility utility = Utility.Network,
        IReadOnlyDictionary<string, string?>? settings = null
    )
    {
        var host = await IntegrationHost.Start(
            new IntegrationHostOptions
            {
                Engine = engine,
                Clock = new FakeTimeProvider(Time(at)),
                Settings = settings ?? new Dictionary<string, string?>(),
            }
        );
        var joint = new JointHost(host);
        try
        {
            await joint.Open(caseId: null, utility);
            return joint;
        }
        catch
        {
            await joint.DisposeAsync();
            throw;
        }
    }

    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Opens another one; the same case number goes on with the same case.</summary>
    public async Task Open(string? caseId = null, Utility utility = Utility.Network)
    {
        var request = JointRequests.New(utility);
        var granted = Clock.GetUtcNow();
        Joint = await Host.Hall.Api.OpenJointApplication(
            request with
            {
                CaseId = caseId ?? request.CaseId,
                Basis = request.Basis! with { GrantedAt = granted },
                Utilities =
                [
                    .. request.Utilities!.Select(wish =>
                        wish with
                        {
                            Consent = wish.Consent! with { GrantedAt = granted },
                        }
                    ),
                ],
            }
        );
        await Soon(
            "the provider has the leg",
            Shown,
            shown => shown.Legs[0].Delivery is LegDelivery.Listed or LegDelivery.Arrived,
            s_whileCalling
        );
    }

    /// <summary>The network provider reports.</summary>
    public async Task Report(string state, string? missing = null)
    {
        var report = new LegStatusReport
        {
            StatusId = $"{LegId}-{state}-{Clock.GetUtcNow().ToUnixTimeMilliseconds()}",
            LegId = LegId,
            State = state,
            At = Clock.GetUtcNow(),
            Missing = missing is null ? null : [missing],
        };
        var answer = await Host.As("network").Api.ReportStatus("network", report);
        Assert.Equal(StatusEffect.Applied, answer.Effect);
    }

    public void MoveTo(string moment) => Clock.SetUtcNow(Time(moment));

    /// <summary>Waits for what a timer does; the clock goes on by a second, or the step given, each time it is looked at.</summary>
    public Task<T> Soon<T>(string what, Func<Task<T>> read, Func<T, bool> fits, TimeSpan? step = null) =>
        Eventually.Of(
            what,
            () =>
            {
                Clock.Advance(step ?? TimeSpan.FromSeconds(1));
                return read();
            },
            fits
        );

    public Task<JointApplicationAnswer> Shown() => Host.Hall.Api.GetJointApplication(Joint.JointApplicationId);

    public async Task<LegAnswer> Leg() => (await Shown()).Legs[0];

    /// <summary>What was told of the clocks, in order, e.g. <c>network reminder</c>.</summary>
    public async Task<IReadOnlyList<string>> Told() =>
        [
            .. (await Host.Hall.Api.GetCase(CaseId))
                .Timeline.Where(entry => entry.Outcome is "reminder" or "escalation")
                .Select(entry => $"{entry.What} {entry.Outcome}"),
        ];

    internal GatewayDb Db() => Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();

    internal async Task<TimerRow?> Timer()
    {
        await using var db = Db();
        return await db.FindAsync<TimerRow>(JointWatch.TimerKind, Joint.JointApplicationId);
    }

    /// <summary>What was put for subscribers, in order, e.g. <c>network joint.reminder</c>.</summary>
    public async Task<IReadOnlyList<string>> Notices()
    {
        await using var db = Db();
        return await db.Set<NoticeRow>()
            .OrderBy(row => row.NoticeId)
            .Select(row => row.CallerId + " " + row.Type)
            .ToListAsync();
    }

    /// <summary>Runs the timer of the clocks once more.</summary>
    public Task Again() => Handler(JointWatch.TimerKind).Handle(Joint.JointApplicationId, CancellationToken.None);

    /// <summary>Runs the timer of the leg.</summary>
    public Task Wake() => Handler("leg").Handle(LegId, CancellationToken.None);

    /// <summary>When the leg is woken.</summary>
    public async Task<DateTimeOffset?> WakesAt()
    {
        await using var db = Db();
        return (await db.FindAsync<TimerRow>("leg", LegId))?.DueAt;
    }

    private ITimerHandler Handler(string kind) =>
        Host.Services.GetServices<ITimerHandler>().Single(handler => handler.Kind == kind);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
