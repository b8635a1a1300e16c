using System.Net;
using System.Net.Http.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Events.Storage;
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
        _host = await IntegrationHost.Start(
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
        var dead = await Dead();
        _faults.Mend(dead.EventId);

        var released = await Read<EventReleased>(await Release(dead.ReceiptId));

        Assert.StartsWith("aud_", released.AuditId, StringComparison.Ordinal);
        var done = await In(dead.ReceiptId, EventState.Processed);
        Assert.Equal("accepted", done.Result);
        Assert.Equal(["dead-letter", "released", "processed"], done.History.TakeLast(3).Select(entry => entry.What));
        Assert.Empty((await Listed()).Events);
    }

    [Fact]
    public async Task A_released_event_that_was_passed_over_is_late()
    {
        var dead = await Dead();
        _faults.Mend(dead.EventId);
        var changed = MunicipalEvents.Opened(time: _clock.GetUtcNow()) with
        {
            Type = "enterprise.changed",
            Sequence = "2",
        };
        var next = (await _municipal.Accepted(changed)).ReceiptId;
        Assert.Equal("accepted", (await In(next, EventState.Processed)).Result); // a dead letter is no gap

        (await Release(dead.ReceiptId)).Dispose();

        Assert.Equal("late", (await In(dead.ReceiptId, EventState.Processed)).Result);
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
            var page = await Read<DeadLettersAnswer>(await _host.As("ops").Get($"{DeadLetters}?after={after}"));
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
        var dead = await Dead();
        var listed = Assert.Single((await Listed()).Events);
        (await Release(dead.ReceiptId)).Dispose();

        Assert.Equal(
            (dead.ReceiptId, "InvalidOperationException", 5),
            (listed.ReceiptId, listed.Failure, listed.Attempts)
        );
        var trail = await Read<AuditAnswer>(await _host.As("ops").Get("/v1/ops/audit"));
        Assert.Contains(trail.Records, record => record.Action == "events.dead-letters.read" && record.Actor == "ops");
        var release = trail.Records.Single(record => record.Action == "events.released");
        Assert.Equal($"event:{dead.ReceiptId}", release.Subject);
        Assert.Contains("The fault is mended.", release.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_may_not_and_without_a_reason_or_a_dead_letter_nothing_happens()
    {
        var dead = await Dead();
        using var looked = await _host.Hall.Get(DeadLetters);
        using var released = await _host.Hall.Post($"/v1/ops/events/{dead.ReceiptId}/release", s_reason);
        using var noReason = await _host
            .As("ops")
            .Post($"/v1/ops/events/{dead.ReceiptId}/release", new ReleaseRequest { Reason = " " });
        using var unknown = await Release("evr_unknown");
        var fine = await _municipal.Accepted(MunicipalEvents.Opened("c02", time: _clock.GetUtcNow()));
        await In(fine.ReceiptId, EventState.Processed);
        using var processed = await Release(fine.ReceiptId);

        Assert.Equal(HttpStatusCode.Forbidden, looked.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, released.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, noReason.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, processed.StatusCode);
        Assert.Equal(EventState.DeadLetter, (await _municipal.Read(dead.ReceiptId)).State);
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<T>(IntegrationJson.AnswerOptions))!;
        }
    }

    private async Task<DeadLettersAnswer> Listed() =>
        await Read<DeadLettersAnswer>(await _host.As("ops").Get(DeadLetters));

    private Task<HttpResponseMessage> Release(string receiptId) =>
        _host.As("ops").Post($"/v1/ops/events/{receiptId}/release", s_reason);

    private async Task<EventAnswer> Dead()
    {
        var poison = MunicipalEvents.Opened(time: _clock.GetUtcNow());
        _faults.Poison(poison.Id!);
        return await In((await _municipal.Accepted(poison)).ReceiptId, EventState.DeadLetter);
    }

    private Task<EventAnswer> In(string receiptId, EventState state) =>
        Eventually.Of(
            $"the event is {state}",
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(2));
                return _municipal.Read(receiptId);
            },
            answer => answer.State == state
        );
}
