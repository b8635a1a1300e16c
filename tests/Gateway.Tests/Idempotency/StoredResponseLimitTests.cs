using System.Text;
using Integration.Contracts.Problems;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Retention;
using Integration.Gateway.Tests.Evidence;
using Integration.Testing;
using Integration.Testing.Databases;
using Integration.Testing.Drivers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Idempotency;

public sealed class SqliteStoredResponseLimitTests : StoredResponseLimitTests<SqliteTestDatabase>;

public sealed class PostgresStoredResponseLimitTests : StoredResponseLimitTests<PostgresTestDatabase>;

/// <summary>For how long answers are kept and how many, on every engine, under a clock that the test moves.</summary>
public abstract class StoredResponseLimitTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    private const int Most = 1000;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));
    private readonly TDatabase _database = new();
    private ServiceHost _host = null!;
    private int _runs;

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        _host = await ServiceHost.StartAsync(
            _database,
            [
                new("Gateway:Idempotency:KeepHours", "24"),
                new("Gateway:Idempotency:EffectDays", "30"),
                new("Gateway:Idempotency:MostPerCaller", "1000"),
            ],
            builder => builder.Services.AddSingleton<TimeProvider>(_clock)
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_answer_is_kept_for_its_time_and_then_deleted()
    {
        await SendAsync("k");
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await ExpireAsync());
        Assert.Equal((201, "answer 1"), await SendAsync("k"));

        _clock.Advance(TimeSpan.FromSeconds(2));
        await ExpireAsync();
        Assert.Equal((201, "answer 2"), await SendAsync("k"));
    }

    [Fact]
    public async Task Of_an_effect_at_an_agency_the_key_is_remembered_when_its_answer_is_gone()
    {
        await SendAsync("k", isEffect: true);
        _clock.Advance(TimeSpan.FromHours(24));
        await ExpireAsync();
        await using (var db = _host.Db())
        {
            Assert.Null((await db.Set<IdempotencyRow>().SingleAsync()).Body);
        }

        Assert.Equal((409, ProblemCodes.StateConflict), await SendAsync("k", isEffect: true));
        Assert.Equal((201, "answer 2"), await SendAsync("k-2", isEffect: true));

        _clock.Advance(TimeSpan.FromDays(28.9));
        await ExpireAsync();
        Assert.Equal((409, ProblemCodes.StateConflict), await SendAsync("k", isEffect: true));
        _clock.Advance(TimeSpan.FromDays(0.2));
        await ExpireAsync();
        Assert.Equal((201, "answer 3"), await SendAsync("k", isEffect: true));
    }

    [Fact]
    public async Task Rows_are_deleted_by_themselves_a_batch_at_a_time()
    {
        await FillAsync("hall", Most);
        await SendAsync("young", caller: "other");
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await ExpireAsync());

        // The rows of Fill end an hour earlier; the sweep looks once a minute.
        var left = await Eventually.GetAsync(
            "old rows are gone",
            async () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(61));
                await using var db = _host.Db();
                return await db.Set<IdempotencyRow>().Select(row => row.CallerId).ToListAsync();
            },
            callers => callers.Count <= 1
        );
        Assert.Equal(["other"], left);
    }

    [Fact]
    public async Task A_batch_is_bounded_but_for_rows_of_one_moment()
    {
        await FillAsync("hall", Most, hoursLeft: -1); // the clock stands, so that no sweep is faster

        Assert.Equal(500, await ExpireAsync());
        Assert.Equal(500, await ExpireAsync());
        Assert.Equal(0, await ExpireAsync());
    }

    [Fact]
    public async Task Beyond_its_number_a_new_key_is_refused_and_nothing_kept_is_forgotten()
    {
        var kept = await SendAsync("kept");
        await FillAsync("hall", Most - 1);
        _clock.Advance(TimeSpan.FromMinutes(6)); // rows of other nodes are counted by then

        Assert.Equal((429, ProblemCodes.QuotaExhausted), await SendAsync("new"));
        Assert.Equal(1, _runs);
        Assert.Equal(kept, await SendAsync("kept"));
        Assert.Equal((201, "answer 2"), await SendAsync(null));
        Assert.Equal((201, "answer 3"), await SendAsync("new", caller: "other"));

        _clock.Advance(TimeSpan.FromHours(24));
        while (await ExpireAsync() > 0)
        {
            // a batch at a time
        }

        Assert.Equal((201, "answer 4"), await SendAsync("new"));
    }

    [Fact]
    public async Task Requests_that_fail_take_no_room()
    {
        await FillAsync("hall", Most - 1);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((503, ProblemCodes.Unavailable), await SendAsync($"k-{i}", fails: true));
        }

        Assert.Equal((201, "answer 1"), await SendAsync("k"));
        Assert.Equal((429, ProblemCodes.QuotaExhausted), await SendAsync("one-too-many"));
    }

    /// <summary>Rows as another node would have kept them; they end a millisecond apart.</summary>
    private async Task FillAsync(string caller, int count, int hoursLeft = 23)
    {
        await using var db = _host.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = _clock.GetUtcNow();
        db.AppendRange(
            Enumerable
                .Range(0, count)
                .Select(i => new IdempotencyRow
                {
                    CallerId = caller,
                    Key = $"row-{i}",
                    Digest = new byte[32],
                    Status = 200,
                    Body = _host.Vault.SealBytes([1]),
                    Scope = string.Empty,
                    IsEffect = false,
                    At = now,
                    ExpiresAt = now.AddHours(hoursLeft).AddMilliseconds(i + 1),
                })
        );
        db.WriteAppended();
        await transaction.CommitAsync();
    }

    private Task<int> ExpireAsync() =>
        _host
            .Get<IEnumerable<IExpiringRows>>()
            .Single(rows => rows.Name == "kept-answers")
            .DeleteExpiredAsync(RetentionSweep.BatchSize, TestContext.Current.CancellationToken);

    private async Task<(int Status, string Text)> SendAsync(
        string? key,
        string caller = "hall",
        bool isEffect = false,
        bool fails = false
    )
    {
        var result = await _host
            .Get<IdempotentRequests>()
            .RunAsync(
                new IdempotentRequest(caller, key, "POST /v1/verifications", "body"u8.ToArray()),
                () => Task.FromResult<Result<Permission>>(new Permission()),
                (_, ticket) =>
                    fails
                        ? Task.FromResult<Result<StoredResponse>>(Refusal.Unavailable)
                        : AnswerAsync(ticket, isEffect),
                TestContext.Current.CancellationToken
            );
        return result.Succeeded(out var answer, out var refusal)
            ? (answer.Status, Encoding.UTF8.GetString(answer.Body))
            : (refusal.Status, refusal.Code);
    }

    private async Task<Result<StoredResponse>> AnswerAsync(IdempotencyTicket ticket, bool isEffect)
    {
        var answer = StoredResponse.Created(Encoding.UTF8.GetBytes($"answer {Interlocked.Increment(ref _runs)}"));
        var unit = UnitOfWork.From(EvidenceLogTests<TDatabase>.Drafts(1));
        if (isEffect)
        {
            unit.StoreEffect(ticket, answer);
        }
        else
        {
            unit.Store(ticket, answer);
        }

        return await _host.Evidence.CommitAsync(unit, answer);
    }

    private sealed record Permission : IPermission
    {
        public IReadOnlyCollection<string> Scope => [];
    }
}
