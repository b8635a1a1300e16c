using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Cases;
using Integration.Gateway.Cases.Deadlines;
using Integration.Gateway.Cases.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Integration.Gateway.Policy;
using Integration.Testing;
using Integration.Testing.Drivers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Events;

public sealed class SqliteAcceptanceClockTests() : AcceptanceClockTests(Engine.Sqlite);

public sealed class PostgresAcceptanceClockTests() : AcceptanceClockTests(Engine.PostgreSql);

/// <summary>Acceptance runs from the receipt of the opening it is about, from the commit of that receipt on.</summary>
public abstract class AcceptanceClockTests(Engine engine) : IAsyncLifetime
{
    /// <summary>A Monday, 09:00 in Gong'an.</summary>
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private EventDriver _scene = null!;
    private MunicipalDriver _municipal = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await EventDriver.StartAsync(new() { Engine = engine, Clock = _clock });
        _municipal = _scene.Host.Municipal();
    }

    public async ValueTask DisposeAsync()
    {
        _municipal.Dispose();
        await _scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_second_opening_after_a_withdrawal_has_a_clock_and_an_alarm_of_its_own_from_its_receipt()
    {
        var first = await DoneAsync(await SentAsync("enterprise.opened", 1));
        await DoneAsync(await SentAsync("enterprise.withdrawn", 2));
        Pass(TimeSpan.FromMinutes(5));

        var opening = await SentAsync("enterprise.opened", 4); // 3 is missing, so that it waits
        await InAsync(opening, EventState.WaitingForEarlier);
        var waiting = await _scene.CaseAsync(first.CaseId);
        var alarm = await AlarmAsync(first.CaseId);
        var missing = await DoneAsync(await SentAsync("enterprise.changed", 3));
        var accepted = await DoneAsync(opening);

        var clock = Assert.Single(waiting.Clocks, running => running.IsRunning);
        Assert.Equal((opening.ReceivedAt, opening.ReceiptId), (clock.StartedAt, clock.ReceiptId));
        Assert.Equal(opening.ReceivedAt.AddMinutes(84), alarm); // 70 % of 120 minutes
        Assert.Equal(("after-withdrawal", "accepted"), (missing.Result, accepted.Result));
        var file = await _scene.CaseAsync(first.CaseId);
        Assert.Equal([first.ReceivedAt, opening.ReceivedAt], Acceptances(file).Select(running => running.StartedAt));
        Assert.Equal(file.AcceptedAt, Acceptances(file)[^1].EndedAt);
        Assert.Equal(CaseState.Open, file.State);
        Assert.DoesNotContain((await ShownAsync(first.CaseId)).Flags, flag => flag.Flag == "altered-time");
    }

    [Fact]
    public async Task A_withdrawal_that_comes_after_the_opening_it_precedes_starts_the_clock_of_that_opening_at_once()
    {
        var first = await DoneAsync(await SentAsync("enterprise.opened", 1));
        var opening = await SentAsync("enterprise.opened", 4); // taken for a change; 2 and 3 are missing
        await InAsync(opening, EventState.WaitingForEarlier);
        var before = await _scene.CaseAsync(first.CaseId);
        Pass(TimeSpan.FromMinutes(5));

        await SentAsync("enterprise.withdrawn", 3); // 2 is missing, so that neither has its turn

        var waiting = await _scene.CaseAsync(first.CaseId);
        Assert.Single(Acceptances(before));
        var clock = Acceptances(waiting)[^1];
        Assert.Equal(
            (opening.ReceivedAt, opening.ReceiptId, true),
            (clock.StartedAt, clock.ReceiptId, clock.IsRunning)
        );
        Assert.Equal(opening.ReceivedAt.AddMinutes(84), await AlarmAsync(first.CaseId)); // 70 % of 120 minutes

        await DoneAsync(await SentAsync("enterprise.changed", 2));
        Assert.Equal("accepted", (await DoneAsync(opening)).Result);
        var done = Acceptances(await _scene.CaseAsync(first.CaseId));
        Assert.Equal([first.ReceivedAt, opening.ReceivedAt], done.Select(each => each.StartedAt));
        Assert.All(done, each => Assert.NotNull(each.EndedAt));
    }

    [Fact]
    public async Task A_withdrawal_starts_no_clock_of_an_opening_that_comes_before_it()
    {
        var first = await DoneAsync(await SentAsync("enterprise.opened", 1));
        await InAsync(await SentAsync("enterprise.opened", 3), EventState.WaitingForEarlier);

        await SentAsync("enterprise.withdrawn", 4);

        Assert.Single(Acceptances(await _scene.CaseAsync(first.CaseId)));
    }

    [Fact]
    public async Task A_withdrawal_that_is_committed_first_starts_no_clock_and_acceptance_runs_from_the_opening()
    {
        var withdrawal = await SentAsync("enterprise.withdrawn", 2);
        await InAsync(withdrawal, EventState.WaitingForEarlier);
        var before = await _scene.CaseAsync(withdrawal.CaseId);
        Pass(TimeSpan.FromMinutes(5));

        var opening = await SentAsync("enterprise.opened", 1);
        await DoneAsync(opening);
        await DoneAsync(withdrawal);

        Assert.Empty(before.Clocks);
        var file = await _scene.CaseAsync(withdrawal.CaseId);
        var clock = Assert.Single(Acceptances(file));
        Assert.Equal((opening.ReceivedAt, CaseState.Withdrawn), (clock.StartedAt, file.State));
        Assert.All(file.Clocks, running => Assert.NotNull(running.EndedAt));
        Assert.Null(await AlarmAsync(withdrawal.CaseId));
    }

    [Fact]
    public async Task Both_in_one_batch_end_as_if_they_came_one_by_one()
    {
        EventInput[] events =
        [
            Event("enterprise.withdrawn", 2),
            Event("enterprise.opened", 1),
            Event("enterprise.opened", 3),
        ];
        var elements = events.Select(input => Encoding.UTF8.GetString(MunicipalDriver.BytesOf(input)));
        var batch = Encoding.UTF8.GetBytes($"[{string.Join(',', elements)}]");
        using var answer = await _municipal.SendAsync(batch, _municipal.Sign(batch), MunicipalDriver.Batch);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var results = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("results");
        var receipts = results.EnumerateArray().Select(result => result.GetProperty("receipt")).ToList();
        var last = await InAsync(receipts[2].GetProperty("receiptId").GetString()!, EventState.Processed);

        var file = await _scene.CaseAsync(last.CaseId);
        Assert.Equal(("accepted", CaseState.Open), (last.Result, file.State));
        Assert.Equal(
            receipts.Skip(1).Select(receipt => receipt.GetProperty("receiptId").GetString()),
            Acceptances(file).Select(running => running.ReceiptId)
        );
        Assert.All(Acceptances(file), running => Assert.Equal(last.ReceivedAt, running.StartedAt));
        Assert.All(Acceptances(file), running => Assert.NotNull(running.EndedAt));
    }

    [Fact]
    public async Task What_was_withdrawn_before_it_was_opened_and_is_opened_late_leaves_nothing_running()
    {
        var withdrawal = await SentAsync("enterprise.withdrawn", 2);
        await InAsync(withdrawal, EventState.WaitingForEarlier);
        Pass(TimeSpan.FromMinutes(16));
        Assert.Equal("withdrawn-before-opened", (await DoneAsync(withdrawal)).Result);
        var between = await _scene.CaseAsync(withdrawal.CaseId);

        var late = await DoneAsync(await SentAsync("enterprise.opened", 1));

        Assert.Equal((CaseState.Withdrawn, "late"), (between.State, late.Result));
        var file = await _scene.CaseAsync(withdrawal.CaseId);
        Assert.Equal((CaseState.Withdrawn, between.ClosedAt), (file.State, file.ClosedAt));
        Assert.NotNull(Assert.Single(file.Clocks).EndedAt);
    }

    private static List<CaseClock> Acceptances(Case file) =>
        [.. file.Clocks.Where(clock => clock.Clock == ClockNames.Acceptance)];

    private EventInput Event(string type, int sequence) =>
        _scene.Opened() with
        {
            Type = type,
            Sequence = sequence.ToString(CultureInfo.InvariantCulture),
        };

    private Task<EventReceipt> SentAsync(string type, int sequence) => _municipal.AcceptedAsync(Event(type, sequence));

    private Task<EventResponse> DoneAsync(EventReceipt receipt) => InAsync(receipt, EventState.Processed);

    private Task<EventResponse> InAsync(EventReceipt receipt, EventState state) => InAsync(receipt.ReceiptId, state);

    /// <summary>The worker looks every second of a clock that only the test moves.</summary>
    private Task<EventResponse> InAsync(string receiptId, EventState state) =>
        Eventually.GetAsync(
            $"the event is {state}",
            () =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(100));
                return _municipal.ReadAsync(receiptId);
            },
            answer => answer.State == state
        );

    /// <summary>Time goes by; tokens do not live as long.</summary>
    private void Pass(TimeSpan span)
    {
        _clock.Advance(span);
        _municipal.Dispose();
        _municipal = _scene.Host.Municipal();
    }

    private Task<CaseResponse> ShownAsync(string caseId) => _scene.Host.Hall.Api.GetCaseAsync(caseId);

    private async Task<DateTimeOffset?> AlarmAsync(string caseId)
    {
        await using var db = await _scene
            .Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>()
            .CreateDbContextAsync();
        return (await db.FindAsync<TimerRow>(CaseDeadlineTimer.TimerKind, CaseRow.KeyOf("hall", caseId)))?.DueAt;
    }
}
