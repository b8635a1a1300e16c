using System.Globalization;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Cases;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Events;

public sealed class SqliteOrderingCatchUpTests() : OrderingCatchUpTests(Engine.Sqlite);

public sealed class PostgresOrderingCatchUpTests() : OrderingCatchUpTests(Engine.PostgreSql);

/// <summary>What did not come is asked for at the source, at a gap and every night.</summary>
public abstract class OrderingCatchUpTests(Engine engine) : IAsyncLifetime
{
    /// <summary>Ten minutes before the sweep of the night, 01:20 in Gong'an.</summary>
    private static readonly DateTimeOffset s_night = new(2026, 11, 23, 17, 20, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(s_night);
    private IntegrationHost _host = null!;
    private MunicipalDriver _municipal = null!;

    public ValueTask InitializeAsync() => StartAsync([]);

    public async ValueTask DisposeAsync()
    {
        _municipal.Dispose();
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_missing_event_is_asked_for_and_both_are_processed_in_order()
    {
        var opened = Event("enterprise.opened", 1);
        await LoadAsync(opened);

        var changed = await SentAsync("enterprise.changed", 2);

        var done = await InAsync(changed, EventState.Processed);
        Assert.Contains("caught-up", done.History.Select(entry => entry.What));
        var first = (await _municipal.AcceptedAsync(opened)).ReceiptId; // it is known: the same receipt
        Assert.Equal("accepted", (await _municipal.ReadAsync(first)).Result);
        Assert.Contains(
            ("municipal", "answered"),
            (await _host.Agencies.CallsOfAsync("municipal")).Select(call => (call.Agency, call.Outcome))
        );
        Assert.Equal(
            ["received", "accepted", "received", "waiting-for-earlier", "caught-up"],
            (await TimelineAsync(done.CaseId)).Take(5)
        );
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_asked_again()
    {
        await _host.Agencies.BreakAsync("municipal", "http500");
        await LoadAsync(Event("enterprise.opened", 1));
        var changed = await SentAsync("enterprise.changed", 2);
        await Eventually.GetAsync("it was asked", AskedAsync, calls => calls > 0);
        Assert.Equal(EventState.WaitingForEarlier, (await _municipal.ReadAsync(changed)).State);

        await _host.Agencies.MendAsync("municipal");

        await InAsync(changed, EventState.Processed, TimeSpan.FromSeconds(5));
        Assert.True(_clock.GetUtcNow() < s_night.AddMinutes(9)); // neither the patience nor the sweep
    }

    [Fact]
    public async Task What_a_source_gives_is_verified_like_what_it_pushes()
    {
        var forged = Event("enterprise.opened", 1);
        await _host.Agencies.LoadAsync(forged.Source!, Uscc(forged), 1, s_night, [0x30, 0x03, 0x02, 0x01, 0x00]);

        var changed = await SentAsync("enterprise.changed", 2);
        await Eventually.GetAsync("it was asked", AskedAsync, calls => calls > 0);

        Assert.Equal(EventState.WaitingForEarlier, (await _municipal.ReadAsync(changed)).State);
        Assert.Equal(1, await EventsAsync());
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_by_the_source()
    {
        await DisposeAsync();
        await StartAsync(new() { ["Agencies:municipal:ClientId"] = "nobody" });
        await LoadAsync(Event("enterprise.opened", 1));
        await SentAsync("enterprise.changed", 2);

        await Eventually.GetAsync("it was asked", AskedAsync, calls => calls > 0);

        Assert.All(await _host.Agencies.CallsOfAsync("municipal"), call => Assert.Equal("refused:401", call.Outcome));
        Assert.Equal(1, await EventsAsync());
    }

    [Fact]
    public async Task Every_night_a_source_is_asked_for_what_never_came()
    {
        await LoadAsync(Event("enterprise.opened", 1)); // the gateway cannot know that it is missing
        Assert.Equal(0, await EventsAsync());

        await Eventually.GetAsync(
            "it is processed",
            async () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(20));
                return await EventsAsync(EventState.Processed);
            },
            count => count == 1
        );

        Assert.True(_clock.GetUtcNow() >= s_night.AddMinutes(10));
        await using var db = await DbAsync();
        var next = await db.Set<Integration.Gateway.Platform.Timers.TimerRow>()
            .Where(timer => timer.Kind == "event-sweep")
            .OrderByDescending(timer => timer.DueAt)
            .FirstAsync();
        Assert.Equal(s_night.AddMinutes(10).AddDays(1), next.DueAt);
    }

    private static string Uscc(EventInput input) => input.Data!.Enterprise!.Uscc!;

    private async ValueTask StartAsync(Dictionary<string, string?> settings)
    {
        _host = await IntegrationHost.StartAsync(
            new()
            {
                Engine = engine,
                Clock = _clock,
                Settings = settings,
            }
        );
        _municipal = _host.Municipal();
    }

    private EventInput Event(string type, long sequence) =>
        MunicipalEvents.Opened(time: s_night) with
        {
            Type = type,
            Sequence = sequence.ToString(CultureInfo.InvariantCulture),
        };

    private async Task<string> SentAsync(string type, long sequence) =>
        (await _municipal.AcceptedAsync(Event(type, sequence))).ReceiptId;

    private Task LoadAsync(EventInput input) =>
        _host.Agencies.LoadAsync(
            input.Source!,
            Uscc(input),
            long.Parse(input.Sequence!, CultureInfo.InvariantCulture),
            input.Time!.Value,
            _municipal.Sign(MunicipalDriver.BytesOf(input), detached: false)
        );

    private async Task<int> AskedAsync()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        return (await _host.Agencies.CallsOfAsync("municipal")).Count;
    }

    private Task<EventResponse> InAsync(string receiptId, EventState state, TimeSpan? step = null) =>
        Eventually.GetAsync(
            $"the event is {state}",
            () =>
            {
                _clock.Advance(step ?? TimeSpan.FromMilliseconds(200));
                return _municipal.ReadAsync(receiptId);
            },
            answer => answer.State == state
        );

    private Task<GatewayDb> DbAsync() =>
        _host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync();

    private async Task<int> EventsAsync(EventState? state = null)
    {
        await using var db = await DbAsync();
        return await db.Set<EventRow>().CountAsync(row => state == null || row.State == state);
    }

    private async Task<IEnumerable<string>> TimelineAsync(string caseId)
    {
        await using var db = await DbAsync();
        var entries = new List<Integration.Contracts.V1.Cases.TimelineEntry>();
        foreach (var history in _host.Services.GetServices<ICaseHistory>())
        {
            entries.AddRange(await history.ReadAsync(db, "hall", caseId, CancellationToken.None));
        }

        return entries
            .Where(entry => entry.Kind == "event")
            .GroupBy(entry => entry.Reference)
            .OrderBy(group => group.First().What == "enterprise.changed")
            .SelectMany(group => group)
            .Select(entry => entry.Outcome);
    }
}
