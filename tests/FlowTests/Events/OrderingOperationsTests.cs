using System.Net;
using System.Net.Http.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Protection;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Events;

public sealed class SqliteOrderingOperationsTests() : OrderingOperationsTests(Engine.Sqlite);

public sealed class PostgresOrderingOperationsTests() : OrderingOperationsTests(Engine.PostgreSql);

/// <summary>Dead letters are looked at and released, and both are on record.</summary>
public abstract class OrderingOperationsTests(Engine engine) : IAsyncLifetime
{
    private const string DeadLetters = "/v1/ops/events/dead-letters";
    private static readonly DateTimeOffset s_monday = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);
    private static readonly ReleaseRequest s_reason = new() { Reason = "The fault is mended." };

    private readonly FakeTimeProvider _clock = new(s_monday);
    private readonly OrderingFaults _faults = new();
    private IntegrationHost _host = null!;
    private MunicipalDriver _municipal = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IntegrationHost.StartAsync(
            new()
            {
                Engine = engine,
                Clock = _clock,
                Adjust = _faults.Attach,
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
    public async Task A_released_event_is_processed_in_its_place()
    {
        var dead = await DeadAsync();
        _faults.Mend(dead.EventId);

        var released = await ReadAsync<EventReleased>(await ReleaseAsync(dead.ReceiptId));

        Assert.StartsWith("aud_", released.AuditId, StringComparison.Ordinal);
        var done = await InAsync(dead.ReceiptId, EventState.Processed);
        Assert.Equal("accepted", done.Result);
        Assert.Equal(["dead-letter", "released", "processed"], done.History.TakeLast(3).Select(entry => entry.What));
        Assert.Empty((await ListedAsync()).Events);
    }

    [Fact]
    public async Task A_released_event_that_was_passed_over_is_late()
    {
        var dead = await DeadAsync();
        _faults.Mend(dead.EventId);
        var changed = MunicipalEvents.Opened(time: _clock.GetUtcNow()) with
        {
            Type = "enterprise.changed",
            Sequence = "2",
        };
        var next = (await _municipal.AcceptedAsync(changed)).ReceiptId;
        Assert.Equal("accepted", (await InAsync(next, EventState.Processed)).Result); // a dead letter is no gap

        (await ReleaseAsync(dead.ReceiptId)).Dispose();

        Assert.Equal("late", (await InAsync(dead.ReceiptId, EventState.Processed)).Result);
    }

    [Fact]
    public async Task Every_dead_letter_is_on_one_page()
    {
        await using (
            var db = await _host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContextAsync()
        )
        {
            db.AddRange(Enumerable.Range(0, 250).Select(DeadLetter));
            await db.SaveChangesAsync();
        }

        var all = new List<string>();
        string? after = string.Empty;
        do
        {
            var page = await ReadAsync<DeadLettersResponse>(
                await _host.As("ops").GetAsync($"{DeadLetters}?after={after}")
            );
            Assert.Equal(250, page.Count);
            all.AddRange(page.Events.Select(letter => letter.ReceiptId));
            after = page.Next;
        } while (after is not null);

        Assert.Equal(Enumerable.Range(0, 250).Select(ReceiptOf), all);
    }

    private static string ReceiptOf(int index) => FormattableString.Invariant($"evr_{index:000}");

    private static EventRow DeadLetter(int index) =>
        new()
        {
            ReceiptId = ReceiptOf(index),
            Source = "gone",
            EventId = ReceiptOf(index),
            Digest = ProtectedText.FromCiphertext([]),
            Type = "enterprise.opened",
            StreamId = ReceiptOf(index),
            CaseId = ReceiptOf(index),
            Client = "municipal",
            HappenedAt = s_monday,
            ReceivedAt = s_monday,
            AcceptBy = s_monday,
            State = EventState.DeadLetter,
            NextAttemptAt = s_monday,
            History = "[]",
        };

    [Fact]
    public async Task Looking_and_releasing_are_on_record()
    {
        var dead = await DeadAsync();
        var listed = Assert.Single((await ListedAsync()).Events);
        (await ReleaseAsync(dead.ReceiptId)).Dispose();

        Assert.Equal(
            (dead.ReceiptId, "InvalidOperationException", 5),
            (listed.ReceiptId, listed.Failure, listed.Attempts)
        );
        var trail = await ReadAsync<AuditResponse>(await _host.As("ops").GetAsync("/v1/ops/audit"));
        Assert.Contains(trail.Records, record => record.Action == "events.dead-letters.read" && record.Actor == "ops");
        var release = trail.Records.Single(record => record.Action == "events.released");
        Assert.Equal($"event:{dead.ReceiptId}", release.Subject);
        Assert.Contains("The fault is mended.", release.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_may_not_and_without_a_reason_or_a_dead_letter_nothing_happens()
    {
        var dead = await DeadAsync();
        using var looked = await _host.Hall.GetAsync(DeadLetters);
        using var released = await _host.Hall.PostAsync($"/v1/ops/events/{dead.ReceiptId}/release", s_reason);
        using var noReason = await _host
            .As("ops")
            .PostAsync($"/v1/ops/events/{dead.ReceiptId}/release", new ReleaseRequest { Reason = " " });
        using var unknown = await ReleaseAsync("evr_unknown");
        var fine = await _municipal.AcceptedAsync(MunicipalEvents.Opened("c02", time: _clock.GetUtcNow()));
        await InAsync(fine.ReceiptId, EventState.Processed);
        using var processed = await ReleaseAsync(fine.ReceiptId);

        Assert.Equal(HttpStatusCode.Forbidden, looked.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, released.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, noReason.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, processed.StatusCode);
        Assert.Equal(EventState.DeadLetter, (await _municipal.ReadAsync(dead.ReceiptId)).State);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<T>(IntegrationJson.AnswerOptions))!;
        }
    }

    private async Task<DeadLettersResponse> ListedAsync() =>
        await ReadAsync<DeadLettersResponse>(await _host.As("ops").GetAsync(DeadLetters));

    private Task<HttpResponseMessage> ReleaseAsync(string receiptId) =>
        _host.As("ops").PostAsync($"/v1/ops/events/{receiptId}/release", s_reason);

    private async Task<EventResponse> DeadAsync()
    {
        var poison = MunicipalEvents.Opened(time: _clock.GetUtcNow());
        _faults.Poison(poison.Id!);
        return await InAsync((await _municipal.AcceptedAsync(poison)).ReceiptId, EventState.DeadLetter);
    }

    private Task<EventResponse> InAsync(string receiptId, EventState state) =>
        Eventually.GetAsync(
            $"the event is {state}",
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(2));
                return _municipal.ReadAsync(receiptId);
            },
            answer => answer.State == state
        );
}
