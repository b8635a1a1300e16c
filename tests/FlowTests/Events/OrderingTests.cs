using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Events;

public sealed class SqliteOrderingTests() : OrderingTests(Engine.Sqlite);

public sealed class PostgresOrderingTests() : OrderingTests(Engine.PostgreSql);

/// <summary>Events of one enterprise have their effect in order, on every engine.</summary>
public abstract class OrderingTests(Engine engine) : IAsyncLifetime
{
    /// <summary>A Monday, 10:00 in Gong'an: to be accepted by 12:00.</summary>
    private static readonly DateTimeOffset s_monday = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(s_monday);
    private IntegrationHost _host = null!;
    private MunicipalDriver _municipal = null!;

    private OrderingFaults Faults { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _host = await IntegrationHost.StartAsync(
            new()
            {
                Engine = engine,
                Clock = _clock,
                Adjust = Faults.Attach,
            }
        );
        _municipal = _host.Municipal();
    }

    public async ValueTask DisposeAsync()
    {
        _municipal.Dispose();
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task One_that_comes_too_early_waits_for_the_earlier_one()
    {
        var changed = await SentAsync("enterprise.changed", 2);
        var waiting = await InAsync(changed, EventState.WaitingForEarlier);
        Assert.Equal("1 missing", waiting.History.Single(entry => entry.What == "waiting-for-earlier").Detail);

        var opened = await SentAsync("enterprise.opened", 1);

        Assert.Equal("accepted", (await InAsync(opened, EventState.Processed)).Result);
        var done = await InAsync(changed, EventState.Processed);
        Assert.Equal(["received", "waiting-for-earlier", "caught-up", "processed"], What(done));
        Assert.Equal(2, Faults.Processed.Count);
    }

    [Fact]
    public async Task After_its_patience_it_goes_on_without_the_missing_one_which_is_late_then()
    {
        var changed = await SentAsync("enterprise.changed", 2);
        await InAsync(changed, EventState.WaitingForEarlier);
        Pass(TimeSpan.FromMinutes(14));
        Assert.Equal(EventState.WaitingForEarlier, (await _municipal.ReadAsync(changed)).State);

        Pass(TimeSpan.FromMinutes(1));

        var done = await InAsync(changed, EventState.Processed);
        Assert.Equal("accepted", done.Result); // its data are complete: it opens
        Assert.Equal(["received", "waiting-for-earlier", "gap-given-up", "processed"], What(done));
        Assert.Equal("1 missing", done.History.Single(entry => entry.What == "gap-given-up").Detail);
        var opened = await InAsync(await SentAsync("enterprise.opened", 1), EventState.Processed);
        Assert.Equal(("late", null), (opened.Result, opened.ApplicationId));
    }

    [Fact]
    public async Task What_was_withdrawn_before_it_was_opened_is_not_opened()
    {
        var withdrawn = await SentAsync("enterprise.withdrawn", 2);
        await InAsync(withdrawn, EventState.WaitingForEarlier);
        Pass(TimeSpan.FromMinutes(15));
        Assert.Equal("withdrawn-before-opened", (await InAsync(withdrawn, EventState.Processed)).Result);

        Assert.Equal("late", (await InAsync(await SentAsync("enterprise.opened", 1), EventState.Processed)).Result);
        Assert.Equal(
            "after-withdrawal",
            (await InAsync(await SentAsync("enterprise.changed", 3), EventState.Processed)).Result
        );
        Assert.Equal("accepted", (await InAsync(await SentAsync("enterprise.opened", 4), EventState.Processed)).Result);
    }

    [Fact]
    public async Task A_second_event_with_a_number_that_was_processed_is_late()
    {
        Assert.Equal("accepted", (await InAsync(await SentAsync("enterprise.opened", 1), EventState.Processed)).Result);
        Assert.Equal("late", (await InAsync(await SentAsync("enterprise.changed", 1), EventState.Processed)).Result);
    }

    [Fact]
    public async Task A_number_far_ahead_is_not_received_and_makes_no_later_event_late()
    {
        Assert.Equal("accepted", (await InAsync(await SentAsync("enterprise.opened", 1), EventState.Processed)).Result);
        var absurd = MunicipalDriver.BytesOf(Event("enterprise.changed", 999_999_999_999_999_999));
        using (var refused = await _municipal.SendAsync(absurd, _municipal.Sign(absurd)))
        {
            Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("too-far-ahead", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var changed = await InAsync(await SentAsync("enterprise.changed", 2), EventState.Processed);

        Assert.Equal("unchanged", changed.Result); // its data are those of the opening
    }

    [Fact]
    public async Task A_stream_that_had_believed_such_a_number_recovers_by_itself()
    {
        Assert.Equal("accepted", (await InAsync(await SentAsync("enterprise.opened", 1), EventState.Processed)).Result);
        var factory = _host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>();
        await using (var db = await factory.CreateDbContextAsync())
        {
            await db.Set<StreamRow>()
                .ExecuteUpdateAsync(row =>
                    row.SetProperty(stream => stream.LastSequence, 999_999_999_999_999_999)
                        .SetProperty(stream => stream.Version, stream => stream.Version + 1)
                );
        }

        Assert.Equal(
            "unchanged",
            (await InAsync(await SentAsync("enterprise.changed", 2), EventState.Processed)).Result
        );
        Assert.Equal("late", (await InAsync(await SentAsync("enterprise.changed", 2), EventState.Processed)).Result);
        await using (var db = await factory.CreateDbContextAsync())
        {
            Assert.Equal(2, (await db.Set<StreamRow>().SingleAsync()).LastSequence);
        }
    }

    [Fact]
    public async Task Without_numbers_the_order_of_arrival_counts()
    {
        var opened = await InAsync(await SentAsync("enterprise.opened", sequence: null), EventState.Processed);
        Assert.Equal("accepted", opened.Result);
        var withdrawn = await InAsync(await SentAsync("enterprise.withdrawn", sequence: null), EventState.Processed);
        Assert.Equal("withdrawn", withdrawn.Result);
    }

    [Fact]
    public async Task A_poisonous_event_is_a_dead_letter_after_five_attempts_and_the_next_has_its_turn()
    {
        var poison = Event("enterprise.opened", 1);
        Faults.Poison(poison.Id!);
        var first = (await _municipal.AcceptedAsync(poison)).ReceiptId;
        await Eventually.GetAsync("it failed once", () => _municipal.ReadAsync(first), Failed);
        var second = await SentAsync("enterprise.changed", 2);
        var other = (await _municipal.AcceptedAsync(MunicipalEvents.Opened("c02", time: s_monday))).ReceiptId;
        await InAsync(other, EventState.Processed); // another enterprise does not wait

        var dead = await Eventually.GetAsync(
            "it is a dead letter",
            () => MovedAsync(TimeSpan.FromSeconds(2), first),
            answer => answer.State == EventState.DeadLetter
        );

        Assert.Equal(5, Faults.Attempts);
        Assert.Equal(["received", "failed", "failed", "failed", "failed", "dead-letter"], What(dead));
        Assert.InRange(_clock.GetUtcNow() - s_monday, TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(200));
        Assert.Equal("accepted", (await InAsync(second, EventState.Processed)).Result);
    }

    [Fact]
    public async Task A_database_that_is_gone_counts_for_nothing()
    {
        var input = Event("enterprise.opened", 1);
        Faults.TakeDatabaseAway(input.Id!);
        var receipt = (await _municipal.AcceptedAsync(input)).ReceiptId;
        await Eventually.GetAsync(
            "it was tried more often than a fault would be",
            async () =>
            {
                await MovedAsync(TimeSpan.FromSeconds(2), receipt);
                return Faults.Attempts;
            },
            attempts => attempts > 7
        );
        Assert.Equal(["received"], What(await _municipal.ReadAsync(receipt)));

        Faults.Mend(input.Id!);

        Assert.Equal("accepted", (await InAsync(receipt, EventState.Processed)).Result);
    }

    private static bool Failed(EventResponse answer) => answer.History.Any(entry => entry.What == "failed");

    private static IEnumerable<string> What(EventResponse answer) => answer.History.Select(entry => entry.What);

    private EventInput Event(string type, long? sequence) =>
        MunicipalEvents.Opened(time: _clock.GetUtcNow()) with
        {
            Type = type,
            Sequence = sequence?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

    private async Task<string> SentAsync(string type, long? sequence) =>
        (await _municipal.AcceptedAsync(Event(type, sequence))).ReceiptId;

    /// <summary>Until an event is in a state; the clock goes on by seconds, as the worker looks every second.</summary>
    private Task<EventResponse> InAsync(string receiptId, EventState state) =>
        Eventually.GetAsync(
            $"the event is {state}",
            () => MovedAsync(TimeSpan.FromMilliseconds(100), receiptId),
            answer => answer.State == state
        );

    private Task<EventResponse> MovedAsync(TimeSpan step, string receiptId)
    {
        _clock.Advance(step);
        return _municipal.ReadAsync(receiptId);
    }

    /// <summary>Time goes by; tokens do not live as long.</summary>
    private void Pass(TimeSpan span)
    {
        _clock.Advance(span);
        _municipal.Dispose();
        _municipal = _host.Municipal();
    }
}
