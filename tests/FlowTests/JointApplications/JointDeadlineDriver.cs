using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
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
public sealed class JointDeadlineDriver : IAsyncDisposable
{
    /// <summary>While a call is under way the clock must not overtake its time-out.</summary>
    private static readonly TimeSpan s_whileCalling = TimeSpan.FromMilliseconds(100);

    private JointDeadlineDriver(IntegrationHost host) => Host = host;

    public IntegrationHost Host { get; }

    public FakeTimeProvider Clock => Host.Clock!;

    public JointApplicationResponse Joint { get; private set; } = null!;

    public string CaseId => Joint.CaseId;

    public string LegId => Joint.Legs[0].LegId;

    /// <summary>Opens the joint application at a moment, by default Monday 2026-11-23 at 09:00.</summary>
    public static async Task<JointDeadlineDriver> StartAsync(
        Engine engine,
        string at = "2026-11-23T09:00:00+08:00",
        Utility utility = Utility.Network,
        IReadOnlyDictionary<string, string?>? settings = null
    )
    {
        var host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Engine = engine,
                Clock = new FakeTimeProvider(Time(at)),
                Settings = settings ?? new Dictionary<string, string?>(),
            }
        );
        var joint = new JointDeadlineDriver(host);
        try
        {
            await joint.OpenAsync(caseId: null, utility);
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
    public async Task OpenAsync(string? caseId = null, Utility utility = Utility.Network)
    {
        var request = JointRequests.New(utility);
        var granted = Clock.GetUtcNow();
        Joint = await Host.Hall.Api.OpenJointApplicationAsync(
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
        await SoonAsync(
            "the provider has the leg",
            ShownAsync,
            shown => shown.Legs[0].Delivery is LegDelivery.Listed or LegDelivery.Arrived,
            s_whileCalling
        );
    }

    /// <summary>The network provider reports.</summary>
    public async Task ReportAsync(string state, string? missing = null)
    {
        var report = new LegStatusReport
        {
            StatusId = $"{LegId}-{state}-{Clock.GetUtcNow().ToUnixTimeMilliseconds()}",
            LegId = LegId,
            State = state,
            At = Clock.GetUtcNow(),
            Missing = missing is null ? null : [missing],
        };
        var answer = await Host.As("network").Api.ReportStatusAsync("network", report);
        Assert.Equal(StatusEffect.Applied, answer.Effect);
    }

    public void MoveTo(string moment) => Clock.SetUtcNow(Time(moment));

    /// <summary>Waits for what a timer does; the clock goes on by a second, or the step given, each time it is looked at.</summary>
    public Task<T> SoonAsync<T>(string what, Func<Task<T>> read, Func<T, bool> fits, TimeSpan? step = null) =>
        Clock.GetAsync(step ?? TimeSpan.FromSeconds(1), what, read, fits);

    public Task<JointApplicationResponse> ShownAsync() =>
        Host.Hall.Api.GetJointApplicationAsync(Joint.JointApplicationId);

    public async Task<LegResponse> LegAsync() => (await ShownAsync()).Legs[0];

    /// <summary>What was told of the clocks, in order, e.g. <c>network reminder</c>.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync() =>
        [
            .. (await Host.Hall.Api.GetCaseAsync(CaseId))
                .Timeline.Where(entry => entry.Outcome is "reminder" or "escalation")
                .Select(entry => $"{entry.What} {entry.Outcome}"),
        ];

    internal GatewayDb Db() => Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();

    internal async Task<TimerRow?> TimerAsync()
    {
        await using var db = Db();
        return await db.FindAsync<TimerRow>(JointTimers.Deadline, Joint.JointApplicationId);
    }

    /// <summary>What was put for subscribers, in order, e.g. <c>network joint.reminder</c>.</summary>
    public async Task<IReadOnlyList<string>> NoticesAsync()
    {
        await using var db = Db();
        return await db.Set<NoticeRow>()
            .OrderBy(row => row.NoticeId)
            .Select(row => row.CallerId + " " + row.Type)
            .ToListAsync();
    }

    /// <summary>Runs the timer of the clocks once more.</summary>
    public Task AgainAsync() => RunAsync(JointTimers.Deadline, Joint.JointApplicationId, Clock.GetUtcNow());

    /// <summary>Runs the timer of the leg, as the engine does when it fires a moment early.</summary>
    /// <returns>When it is due next.</returns>
    public async Task<DateTimeOffset?> WakeAsync() => await RunAsync("leg", LegId, (await WakesAtAsync())!.Value);

    /// <summary>When the leg is woken.</summary>
    public async Task<DateTimeOffset?> WakesAtAsync()
    {
        await using var db = Db();
        return (await db.FindAsync<TimerRow>("leg", LegId))?.DueAt;
    }

    private Task<DateTimeOffset?> RunAsync(string kind, string key, DateTimeOffset at) =>
        Host
            .Services.GetServices<ITimerHandler>()
            .Single(handler => handler.Kind == kind)
            .HandleAsync(new TimerCall(key, at), CancellationToken.None);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
